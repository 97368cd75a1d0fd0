package io.latchkey.https;

/**
 * The files don't hold a certificate with its key that could be served.
 */
class CertificateRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * @param description what is wrong, without anything of the key
	 * @param action what to do about it
	 */
	CertificateRefusedException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
