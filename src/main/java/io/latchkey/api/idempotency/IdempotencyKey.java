package io.latchkey.api.idempotency;

/**
 * The text that names a request, unique for its caller.
 */
record IdempotencyKey(String caller, String text) {

	/** Binds what is sealed to its row. */
	String sealContext(String column) {
		return "idempotent_answer:" + column + ":" + this.caller + ":" + this.text;
	}

}
