package io.latchkey.api;

import java.util.Optional;

import io.latchkey.security.ApiToken;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The token that the calling thread serves.
 */
public final class Caller {

	private Caller() {
	}

	/** The token's id, or nothing for a stranger. */
	public static Optional<String> current() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return (caller != null && caller.getPrincipal() instanceof ApiToken token) ? Optional.of(token.id())
				: Optional.empty();
	}

}
