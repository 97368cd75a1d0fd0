package io.latchkey.enrolment;

/**
 * The management key could not be put on the node. The message says why, for a person.
 */
public class ManagementKeyRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ManagementKeyRefusedException(String message) {
		super(message);
	}

}
