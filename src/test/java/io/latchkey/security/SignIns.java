package io.latchkey.security;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.users.Role;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Somebody who is signed in, without a session.
 */
public final class SignIns {

	private SignIns() {
	}

	/** Who gave the password just now. */
	public static RequestPostProcessor fresh(String username, Role role) {
		return at(username, role, Clock.systemUTC().instant());
	}

	/** Who gave the password then. */
	static RequestPostProcessor at(String username, Role role, Instant at) {
		List<GrantedAuthority> authorities = new ArrayList<>(Authorities.of(role));
		authorities
			.add(FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY).issuedAt(at).build());
		return user(username).authorities(authorities);
	}

}
