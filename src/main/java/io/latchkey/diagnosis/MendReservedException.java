package io.latchkey.diagnosis;

/** What root does, beyond the account's own home, takes an admin. */
public class MendReservedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MendReservedException() {
		super("It takes an admin");
	}

}
