package io.latchkey.security;

import java.security.SecureRandom;
import java.util.Base64;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Signer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * What proves that a form was sent from a page of this site. Who is signed in has one
 * that follows from the session. Before that there is none: the sign-in form's token is
 * also in a cookie, signed, so that no other site of the domain can plant one, and the
 * two have to be the same. The form itself holds it masked anew each time, since answers
 * are compressed.
 */
@Component
class FormTokens implements CsrfTokenRepository {

	static final String COOKIE = "latchkey-form";

	private static final String HEADER = "X-CSRF-TOKEN";

	private static final String FIELD = "_csrf";

	private static final int RANDOM_BYTES = 16;

	private static final int LONGEST = 100;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final HttpSessionCsrfTokenRepository sessions = new HttpSessionCsrfTokenRepository();

	private final Signer signer;

	private final Signer ofSessions;

	private final SiteCookies cookies;

	FormTokens(SecretVault vault, SiteCookies cookies) {
		this.signer = vault.signer("form-token");
		this.ofSessions = vault.signer("session-form-token");
		this.cookies = cookies;
	}

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		CsrfToken ofSession = ofSession(request);
		if (ofSession != null) {
			return ofSession;
		}
		if (request.getSession(false) != null) {
			return this.sessions.generateToken(request);
		}
		byte[] random = new byte[RANDOM_BYTES];
		RANDOM.nextBytes(random);
		return token(this.signer.sign(Base64.getUrlEncoder().withoutPadding().encodeToString(random)));
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		if (ofSession(request) != null) {
			return;
		}
		if (request.getSession(false) != null) {
			this.sessions.saveToken(token, request, response);
		}
		else if (token != null) {
			this.cookies.write(request, response, COOKIE, token.getToken(), null);
		}
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		CsrfToken ofSession = ofSession(request);
		if (ofSession != null) {
			return ofSession;
		}
		if (request.getSession(false) != null) {
			return this.sessions.loadToken(request);
		}
		String value = this.cookies.read(request, COOKIE, LONGEST);
		return (value != null && this.signer.open(value).isPresent()) ? token(value) : null;
	}

	/** A form that is open still counts after a restart. */
	private @Nullable CsrfToken ofSession(HttpServletRequest request) {
		SignedInSession signedIn = SignedInSession.of(request.getSession(false));
		return (signedIn != null) ? token(this.ofSessions.sign(signedIn.row().idHash())) : null;
	}

	private static CsrfToken token(String value) {
		return new DefaultCsrfToken(HEADER, FIELD, value);
	}

}
