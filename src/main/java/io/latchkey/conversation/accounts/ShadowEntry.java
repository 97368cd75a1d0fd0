package io.latchkey.conversation.accounts;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What an account's entry in shadow(5) says, but for the password's hash. Days count
 * since 1970; null stands for none.
 *
 * @param changed when the password was changed last; 0 demands a new one at once
 * @param most after how many days it has to be changed
 * @param inactive for how many more it still serves to set a new one
 * @param last the account's last day
 */
public record ShadowEntry(Password password, @Nullable Long changed, @Nullable Long most, @Nullable Long inactive,
		@Nullable Long last) {

	/** What stands in place of a password. */
	public enum Password {

		/** A hash that begins with an exclamation mark. */
		LOCKED,
		/** A star: nobody knows it. */
		NONE,
		/** Nothing at all. */
		EMPTY,
		/** A hash. */
		THERE;

		static Password parse(String word) {
			return valueOf(word.toUpperCase(Locale.ROOT));
		}

	}

	/** Whether the password has to be changed before anything else, on that day. */
	public boolean demandsNewPassword(long today) {
		if (this.changed == null) {
			return false;
		}
		return this.changed == 0 || (this.most != null && this.most < 99_999 && today > this.changed + this.most);
	}

}
