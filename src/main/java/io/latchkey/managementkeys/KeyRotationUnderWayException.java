package io.latchkey.managementkeys;

/** A rotation of the management key has not come to its end. */
public class KeyRotationUnderWayException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public KeyRotationUnderWayException() {
		super("A rotation of the management key is under way");
	}

}
