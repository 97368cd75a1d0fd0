package io.latchkey.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/**
 * A user as sign-in reads it, with the mark of the very password that is checked: another
 * one may be set while that is looked at.
 */
class SignInUser extends User {

	private static final long serialVersionUID = 1L;

	private final String passwordMark;

	/**
	 * @param passwordMark as {@link io.latchkey.users.Credentials} has it
	 */
	SignInUser(String username, String passwordHash, String passwordMark,
			Collection<? extends GrantedAuthority> authorities) {
		super(username, passwordHash, authorities);
		this.passwordMark = passwordMark;
	}

	/** Whose password was right. */
	static SignInUser of(Authentication authentication) {
		if (authentication.getPrincipal() instanceof SignInUser user) {
			return user;
		}
		throw new IllegalArgumentException("Nobody signed in by a password");
	}

	/** As of that instant the password counts as given, and the code with it. */
	Authentication signedInAt(Instant at) {
		List<GrantedAuthority> authorities = new ArrayList<>(getAuthorities());
		authorities
			.add(FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY).issuedAt(at).build());
		return UsernamePasswordAuthenticationToken.authenticated(this, null, authorities);
	}

	String passwordMark() {
		return this.passwordMark;
	}

}
