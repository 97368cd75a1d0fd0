package io.latchkey.ssh;

import java.util.List;

/** Whoever keeps Latchkey's own keys, and opens them for a login. */
@FunctionalInterface
public interface OwnKeys {

	/** Those to offer, in that order; at least one. */
	List<OwnKey> open(Secret.ManagementKey wanted);

}
