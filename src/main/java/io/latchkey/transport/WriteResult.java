package io.latchkey.transport;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was to be written. Unless it is {@link Written}, the old
 * file stands as it was.
 */
public sealed interface WriteResult {

	/**
	 * The file stands and was read back.
	 *
	 * @param hash the SHA-256 of its contents
	 */
	record Written(String hash) implements WriteResult {

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
