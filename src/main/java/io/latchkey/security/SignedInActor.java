package io.latchkey.security;

import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;
import io.latchkey.users.Role;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The user or the token that the calling thread serves.
 */
@Component
class SignedInActor implements CurrentActor {

	@Override
	public Actor get() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || !authentication.isAuthenticated()
				|| authentication instanceof AnonymousAuthenticationToken) {
			return Actor.SYSTEM;
		}
		return new Actor(authentication.getName(),
				(authentication instanceof TokenAuthentication) ? Actor.Via.API : Actor.Via.WEB);
	}

	@Override
	public boolean mayAdminister() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return authentication != null && authentication.isAuthenticated()
				&& authentication.getAuthorities().containsAll(Authorities.of(Role.ADMIN));
	}

}
