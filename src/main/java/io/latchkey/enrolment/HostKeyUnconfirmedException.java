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

	private final Reason reason;

	/** Why it is not confirmed. */
	public enum Reason {

		/** No fingerprint was given. */
		NOT_GIVEN,
		/** The given one is not among those that the node showed. */
		NOT_SHOWN

	}

	public HostKeyUnconfirmedException(String node, List<HostKey> shown, Reason reason) {
		super((reason == Reason.NOT_SHOWN) ? "The node '%s' did not show the confirmed host key".formatted(node)
				: "The host key of the node '%s' is not confirmed".formatted(node));
		this.shown = List.copyOf(shown);
		this.reason = reason;
	}

	public List<HostKey> shown() {
		return this.shown;
	}

	public boolean isMismatch() {
		return this.reason == Reason.NOT_SHOWN;
	}

}
