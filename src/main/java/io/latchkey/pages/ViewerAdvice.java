package io.latchkey.pages;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import io.latchkey.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells every page who looks at it, so that it offers only what they may do.
 */
@ControllerAdvice("io.latchkey.pages")
class ViewerAdvice {

	private final RoleHierarchy hierarchy;

	ViewerAdvice(RoleHierarchy hierarchy) {
		this.hierarchy = hierarchy;
	}

	@ModelAttribute("viewer")
	Viewer viewer(@Nullable Authentication authentication) {
		if (authentication == null) {
			return Viewer.NOBODY;
		}
		List<Role> roles = rolesOf(this.hierarchy.getReachableGrantedAuthorities(authentication.getAuthorities()));
		if (roles.isEmpty()) {
			return Viewer.NOBODY;
		}
		return new Viewer(authentication.getName(), roles.get(0).name().toLowerCase(Locale.ROOT),
				roles.contains(Role.OPERATOR), roles.contains(Role.ADMIN));
	}

	/** Where a form on the page is sent to: the address that shows it. */
	@ModelAttribute("address")
	String address(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/** The strongest first. */
	private static List<Role> rolesOf(Collection<? extends GrantedAuthority> authorities) {
		List<String> names = authorities.stream().map(GrantedAuthority::getAuthority).toList();
		return List.of(Role.values()).stream().filter((role) -> names.contains("ROLE_" + role.name())).toList();
	}

}
