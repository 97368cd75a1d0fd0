package io.latchkey.reconcile;

/**
 * Which runs go first when not all can run at once: removals, then additions, then
 * checks.
 */
enum Urgency {

	CHECK(0), ADDITION(10), REMOVAL(20);

	private final int priority;

	Urgency(int priority) {
		this.priority = priority;
	}

	/** As db-scheduler has it: the higher goes first. */
	int priority() {
		return this.priority;
	}

}
