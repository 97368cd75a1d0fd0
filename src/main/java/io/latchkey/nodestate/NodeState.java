package io.latchkey.nodestate;

/** How a node stands to its desired state, as last known. */
public enum NodeState {

	PENDING_ENROLMENT, IN_SYNC, DRIFTED, CONVERGING, UNREACHABLE, REFUSED, FAILED;

	/** Whether Latchkey cannot do anything there at the moment. */
	public boolean isAway() {
		return this == UNREACHABLE || this == REFUSED;
	}

}
