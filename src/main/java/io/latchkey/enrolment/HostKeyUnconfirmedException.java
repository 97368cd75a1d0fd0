package io.latchkey.enrolment;

import java.util.List;

import io.latchkey.inventory.HostKey;

/**
 * The host key has to be confirmed by a person first, or the confirmed one is not among
 * those that the node showed.
 */
public class HostKeyUnconfirmedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<HostKey> shown;

	private final boolean mismatch;

	/**
	 * @param mismatch whether a fingerprint was given that the node did not show
	 */
	public HostKeyUnconfirmedException(String node, List<HostKey> shown, boolean mismatch) {
		super(mismatch ? "The node '%s' did not show the confirmed host key".formatted(node)
				: "The host key of the node '%s' is not confirmed".formatted(node));
		this.shown = List.copyOf(shown);
		this.mismatch = mismatch;
	}

	public List<HostKey> shown() {
		return this.shown;
	}

	public boolean isMismatch() {
		return this.mismatch;
	}

}
