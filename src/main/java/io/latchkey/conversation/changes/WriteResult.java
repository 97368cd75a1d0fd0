package io.latchkey.conversation.changes;

import io.latchkey.conversation.files.StrictModesFault;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was to be written. Unless it is {@link Written} or
 * {@link Held}, the old file stands as it was.
 */
public sealed interface WriteResult {

	/**
	 * The file stands and was read back.
	 *
	 * @param hash the SHA-256 of its contents
	 * @param strictModesFault why sshd would not read it where {@code StrictModes} is on
	 */
	record Written(String hash, @Nullable StrictModesFault strictModesFault) implements WriteResult {

		public Written(String hash) {
			this(hash, null);
		}

	}

	/**
	 * The file stands and was read back, and the node puts the old one back unless it is
	 * confirmed in time, by {@link ConfirmHold} once a fresh login has proved it.
	 *
	 * @param token names the change
	 * @param hash the SHA-256 of its contents
	 * @param strictModesFault why sshd would not read it where {@code StrictModes} is on
	 */
	record Held(String token, String hash, @Nullable StrictModesFault strictModesFault) implements WriteResult {

	}

	/**
	 * The file was another than expected by then.
	 *
	 * @param hashNow the SHA-256 of what stands there; null when nothing does
	 */
	record Changed(@Nullable String hashNow) implements WriteResult {

	}

	/**
	 * It could not be written.
	 *
	 * @param code {@code no-space}, {@code read-only}, {@code no-permission},
	 * {@code no-home}, {@code symlink}, {@code not-file}, {@code ssh-not-folder},
	 * {@code no-account}, {@code short-input}, {@code too-large} or {@code io}
	 * @param detail what the node's tool said, one line
	 */
	record Failed(String code, String detail) implements WriteResult {

	}

}
