package io.latchkey.audit;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The trail of all changes.
 */
public class AuditTrail {

	/**
	 * Newest first.
	 */
	public Page<AuditRecord> list(Pageable page) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Checks the chain; the sequence of the first broken record, or empty when it is
	 * intact.
	 */
	public java.util.OptionalLong firstBroken() {
		throw new UnsupportedOperationException();
	}

}
