package io.latchkey.security;

import java.util.Optional;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Signer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Where somebody goes after signing in: the page of this site that was asked for. It
 * travels with the sign-in form, signed; nothing is kept on the server for strangers.
 */
@Component
class ReturnAddresses {

	/** The field of the form, and the parameter of the sign-in page. */
	static final String FIELD = "to";

	/** Of the address; a longer one is forgotten, and sign-in leads to the overview. */
	static final int LONGEST = 500;

	private static final String OVERVIEW = "/";

	private final Signer signer;

	ReturnAddresses(SecretVault vault) {
		this.signer = vault.signer("return-address");
	}

	/**
	 * The address that was asked for, signed; nothing when it is not a whole page, too
	 * long, or where sign-in leads anyhow.
	 */
	Optional<String> of(HttpServletRequest request) {
		if (!HttpMethod.GET.matches(request.getMethod()) || request.getHeader("HX-Request") != null) {
			return Optional.empty();
		}
		String query = request.getQueryString();
		String address = request.getRequestURI().substring(request.getContextPath().length())
				+ ((query != null) ? "?" + query : "");
		return sign(address);
	}

	/** As above, for a page of which that is the address. */
	Optional<String> sign(String address) {
		return (isOfThisSite(address) && !address.equals(OVERVIEW)) ? Optional.of(this.signer.sign(address))
				: Optional.empty();
	}

	/** The address that was signed, or nothing. */
	Optional<String> open(@Nullable String signed) {
		// Base64 makes four characters of three, and the signature has 22.
		if (signed == null || signed.length() > 2 * LONGEST) {
			return Optional.empty();
		}
		return this.signer.open(signed).filter(ReturnAddresses::isOfThisSite);
	}

	/**
	 * Two slashes, or a slash that browsers take for one, would name another site; so
	 * would one that is encoded, to a proxy that decodes it.
	 */
	private static boolean isOfThisSite(String address) {
		return address.length() <= LONGEST && address.startsWith("/") && !address.startsWith("//")
				&& !address.startsWith("/%") && !address.startsWith("/error") && !address.startsWith("/sign-in")
				&& address.chars().allMatch((character) -> character > ' ' && character < 0x7f && character != '\\');
	}

}
