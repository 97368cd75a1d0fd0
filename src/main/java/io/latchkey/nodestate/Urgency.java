package io.latchkey.nodestate;

/**
 * Which runs go first when not all can run at once: removals, then additions, then
 * checks. What failed before waits behind what has not been tried yet, so that nodes
 * which are away do not hold up those that are there.
 */
public enum Urgency {

	CHECK(0), ADDITION_AGAIN(5), ADDITION(10), REMOVAL_AGAIN(15), REMOVAL(20);

	private final int priority;

	Urgency(int priority) {
		this.priority = priority;
	}

	/** As db-scheduler has it: the higher goes first. */
	public int priority() {
		return this.priority;
	}

}
