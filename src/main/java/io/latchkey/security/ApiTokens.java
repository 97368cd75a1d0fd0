package io.latchkey.security;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the API. Only hashes of their secrets are kept.
 */
public class ApiTokens {

	public IssuedToken issue(String name, Role role, @Nullable Instant expiresAt) {
		throw new UnsupportedOperationException();
	}

	public List<ApiToken> list() {
		throw new UnsupportedOperationException();
	}

	public void delete(String id) {
		throw new UnsupportedOperationException();
	}

}
