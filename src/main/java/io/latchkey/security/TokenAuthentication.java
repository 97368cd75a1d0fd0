package io.latchkey.security;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A caller of the API, known by a token.
 */
final class TokenAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient ApiToken token;

	TokenAuthentication(ApiToken token) {
		super(Authorities.of(token.role()));
		this.token = token;
		setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Object getPrincipal() {
		return this.token;
	}

	@Override
	public String getName() {
		return "token:" + this.token.name();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TokenAuthentication that && super.equals(other) && this.token.equals(that.token);
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), this.token);
	}

}
