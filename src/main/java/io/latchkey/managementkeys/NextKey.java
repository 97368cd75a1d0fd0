package io.latchkey.managementkeys;

import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which key a rotation moves the nodes to.
 *
 * @param fingerprint of the agent's key, or null when it holds only one that is new
 */
public record NextKey(Holder holder, @Nullable Fingerprint fingerprint) {

	/** One that Latchkey makes. */
	public static final NextKey MADE = new NextKey(Holder.LATCHKEY, null);

}
