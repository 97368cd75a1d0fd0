package io.latchkey.grants;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The grants: issued, changed in their end, revoked, never deleted.
 */
public class Grants {

	public Grant issue(GrantDraft draft) {
		throw new UnsupportedOperationException();
	}

	public Grant get(GrantId id) {
		throw new UnsupportedOperationException();
	}

	public Page<Grant> list(GrantQuery query, Pageable page) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Revokes; a grant that is revoked already stays as it is.
	 */
	public Grant revoke(GrantId id) {
		throw new UnsupportedOperationException();
	}

	public Grant changeEnd(GrantId id, Instant expiresAt) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The grants that are active and end within the window, soonest first.
	 */
	public List<Grant> endingWithin(java.time.Duration window) {
		throw new UnsupportedOperationException();
	}

	/**
	 * How many are active.
	 */
	public long countActive() {
		throw new UnsupportedOperationException();
	}

}
