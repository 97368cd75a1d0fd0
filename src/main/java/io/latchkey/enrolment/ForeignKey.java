package io.latchkey.enrolment;

import java.util.List;

import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.Toleration;
import org.jspecify.annotations.Nullable;

/**
 * A key that is let in without a grant, and where.
 *
 * @param comment the first that stands behind it; empty when none does
 * @param identity whose it is, when Latchkey knows
 */
public record ForeignKey(PublicKey key, String comment, @Nullable String identity, List<Place> places,
		@Nullable Toleration toleration) {

	/**
	 * One line with it.
	 *
	 * @param options as they stand in the file; empty when there are none
	 */
	public record Place(String node, String account, String line, String options) {

	}

}
