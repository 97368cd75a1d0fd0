package io.latchkey.diagnosis;

/** Modes as {@code ls} shows them, such as {@code drwxr-sr-t}, in numbers. */
public final class Permissions {

	/** What sshd refuses: that the group or others may write. */
	public static final int WRITABLE_BY_OTHERS = 0022;

	/** That the owner may read and write. */
	public static final int OWNERS = 0600;

	private static final int SIGNS = 10;

	private Permissions() {
	}

	/** As chmod(2) has them. */
	public static int of(String shown) {
		if (shown.length() != SIGNS) {
			throw new IllegalArgumentException("Not a mode: " + shown);
		}
		int mode = 0;
		for (int i = 1; i < SIGNS; i++) {
			char sign = shown.charAt(i);
			boolean isSpecial = sign == 's' || sign == 'S' || sign == 't' || sign == 'T';
			if (sign != '-' && sign != 'S' && sign != 'T') {
				mode |= 1 << (SIGNS - 1 - i);
			}
			if (isSpecial) {
				mode |= 04000 >> (i / 3 - 1);
			}
		}
		return mode;
	}

	/**
	 * As {@code ls} shows it.
	 * @param like the same thing with another mode
	 */
	static String shown(int mode, String like) {
		StringBuilder shown = new StringBuilder(like.substring(0, 1));
		for (int i = 1; i < SIGNS; i++) {
			boolean isSet = (mode & (1 << (SIGNS - 1 - i))) != 0;
			boolean isSpecial = i % 3 == 0 && (mode & (04000 >> (i / 3 - 1))) != 0;
			char special = (i == SIGNS - 1) ? 't' : 's';
			char plain = isSet ? "xrw".charAt(i % 3) : '-';
			shown.append(!isSpecial ? plain : isSet ? special : Character.toUpperCase(special));
		}
		return shown.toString();
	}

}
