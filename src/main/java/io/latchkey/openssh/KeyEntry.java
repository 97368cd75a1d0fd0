package io.latchkey.openssh;

/**
 * What stands in a line of {@code authorized_keys} that holds a key, read as sshd does
 * ({@code auth2-pubkeyfile.c}): a key, or else options and then a key.
 *
 * @param options the field as it stands there, whatever it is; empty when there is none
 * @param comment what follows the key
 */
record KeyEntry(String options, PublicKey key, String comment) {

	/**
	 * @param text without blanks at its start
	 * @throws InvalidKeyException when sshd would read no key there
	 */
	static KeyEntry read(String text) throws InvalidKeyException {
		try {
			return of("", KeyField.read(text));
		}
		catch (InvalidKeyException ex) {
			return readOptionsAndKey(text);
		}
	}

	private static KeyEntry readOptionsAndKey(String text) throws InvalidKeyException {
		int end = KeyOptionsReader.endOfOptions(text);
		if (end < 0) {
			throw new InvalidKeyException("A quote stays open in the options");
		}
		return of(text.substring(0, end), KeyField.read(skipBlanks(text.substring(end))));
	}

	private static KeyEntry of(String options, KeyField field) throws InvalidKeyException {
		PublicKey key = PublicKey.of(field);
		if (!key.isCertificate() && key.keyType() == KeyType.RSA && key.bits() < KeyPolicy.LEAST_RSA_BITS) {
			throw new InvalidKeyException("sshd takes no RSA key under " + KeyPolicy.LEAST_RSA_BITS + " bits");
		}
		return new KeyEntry(options, key, field.rest());
	}

	static String skipBlanks(String text) {
		int start = 0;
		while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
			start++;
		}
		return text.substring(start);
	}

}
