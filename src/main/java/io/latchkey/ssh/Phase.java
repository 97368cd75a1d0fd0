package io.latchkey.ssh;

/** What is waited for while a deadline runs. */
enum Phase {

	ADDRESS("its address could not be resolved"), HOST_KEY("it did not show its host key"),
	LOGIN("it did not decide on the login"), SHELL("it did not start a shell"), ANSWER("it did not answer"),
	CONVERSATION("the conversation did not end");

	private final String missing;

	Phase(String missing) {
		this.missing = missing;
	}

	/** Whether the node had let Latchkey in by then. */
	boolean isAfterLogin() {
		return compareTo(SHELL) >= 0;
	}

	/** What did not happen, as the predicate of a sentence. */
	String missing() {
		return this.missing;
	}

}
