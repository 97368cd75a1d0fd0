package io.latchkey.registration;

import io.latchkey.core.Fault;
import io.latchkey.enrolment.Enrolment;

/**
 * Nobody registers with that enrolment token: there is none, or it has ended.
 */
public class EnrolmentTokenRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final String UNKNOWN = "enrolment-token.unknown";

	private final transient Fault fault;

	EnrolmentTokenRefusedException(Fault fault) {
		super("Enrolment token refused: " + fault.code());
		this.fault = fault;
	}

	public static EnrolmentTokenRefusedException unknown() {
		return new EnrolmentTokenRefusedException(Fault.of("token", UNKNOWN));
	}

	public Fault fault() {
		return this.fault;
	}

	/** Whether there never was one, as far as is known. */
	public boolean isUnknown() {
		return this.fault.code().equals(UNKNOWN);
	}

}
