package io.latchkey.pages;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who looks at a page.
 */
@Component("viewers")
public class Viewers {

	private final RoleHierarchy hierarchy;

	Viewers(RoleHierarchy hierarchy) {
		this.hierarchy = hierarchy;
	}

	/** For pages that no controller made, such as those of errors. */
	public Viewer current() {
		return of(SecurityContextHolder.getContext().getAuthentication());
	}

	Viewer of(@Nullable Authentication authentication) {
		if (authentication == null) {
			return Viewer.NOBODY;
		}
		List<Role> roles = rolesOf(this.hierarchy.getReachableGrantedAuthorities(authentication.getAuthorities()));
		if (roles.isEmpty()) {
			return Viewer.NOBODY;
		}
		return new Viewer(authentication.getName(), roles.get(0).name().toLowerCase(Locale.ROOT),
				roles.contains(Role.AUDITOR), roles.contains(Role.OPERATOR), roles.contains(Role.ADMIN));
	}

	/** The strongest first. */
	private static List<Role> rolesOf(Collection<? extends GrantedAuthority> authorities) {
		List<String> names = authorities.stream().map(GrantedAuthority::getAuthority).toList();
		return List.of(Role.values()).stream().filter((role) -> names.contains("ROLE_" + role.name())).toList();
	}

}
