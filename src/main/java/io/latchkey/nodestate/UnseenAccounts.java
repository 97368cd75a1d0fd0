package io.latchkey.nodestate;

/**
 * The accounts of a node that could log in and whose files are not looked at: what stands
 * there is not known.
 *
 * @param reason why they are not
 * @param count how many they are; 0 where that is not known
 */
public record UnseenAccounts(Reason reason, int count) {

	public static final UnseenAccounts NOT_YET = new UnseenAccounts(Reason.NOT_YET, 0);

	public static final UnseenAccounts OWN_ALONE = new UnseenAccounts(Reason.OWN_ALONE, 0);

	public static final UnseenAccounts SLOW = new UnseenAccounts(Reason.SLOW, 0);

	/** Whether there is none. */
	public boolean isNone() {
		return this.reason == Reason.NONE;
	}

	public static UnseenAccounts more(int count) {
		return new UnseenAccounts((count > 0) ? Reason.MORE : Reason.NONE, count);
	}

	/** Why accounts are not looked at. */
	public enum Reason {

		/** All are. */
		NONE,

		/** The node was not asked for its accounts yet. */
		NOT_YET,

		/** Latchkey has the rights of one account alone there. */
		OWN_ALONE,

		/** There are more than are looked at, or their names cannot be asked for. */
		MORE,

		/** Looking at them took so long that the others were not served. */
		SLOW

	}

}
