package io.latchkey.security;

import java.util.List;

import io.latchkey.users.Role;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Roles in Spring Security's words.
 */
final class Authorities {

	private Authorities() {
	}

	static List<GrantedAuthority> of(Role role) {
		return List.of(new SimpleGrantedAuthority("ROLE_" + role.name()));
	}

}
