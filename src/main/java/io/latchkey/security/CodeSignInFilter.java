package io.latchkey.security;

import java.time.Clock;

import io.latchkey.core.InvalidInputException;
import io.latchkey.users.SecondFactors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The second step of a sign-in: a code. Whoever comes so far knows the password, so wrong
 * codes are counted for the account, from wherever they come.
 */
class CodeSignInFilter extends AbstractAuthenticationProcessingFilter {

	static final String PATH = "/sign-in/code";

	private static final int LONGEST_CODE = 64;

	private final HalfSignIns halves;

	private final SecondFactors factors;

	private final FailedSignIns failures;

	private final Clock clock;

	CodeSignInFilter(HalfSignIns halves, SecondFactors factors, FailedSignIns failures, Clock clock) {
		super(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, PATH));
		this.halves = halves;
		this.factors = factors;
		this.failures = failures;
		this.clock = clock;
		setSecurityContextRepository(new HttpSessionSecurityContextRepository());
	}

	/** What it checks needs no manager of Spring's. */
	@Override
	public void afterPropertiesSet() {
	}

	@Override
	public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
		SignInUser user = this.halves.of(request).orElseThrow(() -> new HalfSignInOverException());
		String name = user.getUsername();
		String address = ClientAddress.of(request.getRemoteAddr());
		String code = String.valueOf(request.getParameter("code")).strip();
		try {
			if (code.length() > LONGEST_CODE || !this.factors.check(name, code)) {
				this.failures.failed(name, address);
				throw new BadCredentialsException("Not a code");
			}
		}
		catch (InvalidInputException ex) {
			this.failures.refused(name, address);
			throw new CodesLimitedException(ex);
		}
		this.halves.end(request, response);
		return user.signedInAt(this.clock.instant());
	}

}
