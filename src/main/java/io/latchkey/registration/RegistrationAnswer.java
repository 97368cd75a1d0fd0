package io.latchkey.registration;

import java.util.List;

import io.latchkey.core.Fault;

/**
 * What a node hears that registers itself.
 *
 * @param node the node's name
 * @param faults why it is refused; empty when it is not
 */
public record RegistrationAnswer(Outcome outcome, String node, List<Fault> faults) {

	/** What comes of it. */
	public enum Outcome {

		/** It is a node now, or would be. */
		ACCEPTED,
		/** It waits for approval, or would. */
		WAITING,
		/** It is a node already. */
		KNOWN, REFUSED

	}

	static RegistrationAnswer of(Outcome outcome, String node) {
		return new RegistrationAnswer(outcome, node, List.of());
	}

	static RegistrationAnswer refused(String node, List<Fault> faults) {
		return new RegistrationAnswer(Outcome.REFUSED, node, faults);
	}

	static RegistrationAnswer refused(String node, Fault fault) {
		return refused(node, List.of(fault));
	}

}
