package io.latchkey.openssh;

import java.util.List;
import java.util.Optional;

/**
 * An {@code authorized_keys} file (sshd(8), AUTHORIZED_KEYS FILE FORMAT) whose every byte
 * is kept: {@code parse(bytes).render()} gives the same bytes, whatever they are.
 */
public final class AuthorizedKeysFile {

	/** A file without a byte. */
	public static final AuthorizedKeysFile EMPTY = new AuthorizedKeysFile();

	private AuthorizedKeysFile() {
	}

	public static AuthorizedKeysFile parse(byte[] content) {
		throw new UnsupportedOperationException();
	}

	public byte[] render() {
		throw new UnsupportedOperationException();
	}

	public List<Line> lines() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The file with other lines. Each of them ends with a line feed: one that is missing
	 * before an added line is added, too, so that two never run together.
	 */
	public static AuthorizedKeysFile of(List<Line> lines) {
		throw new UnsupportedOperationException();
	}

	/** One line, with or without its end. */
	public sealed interface Line {

		/** A new line of this text, ended by a line feed. */
		static Line of(String text) {
			throw new UnsupportedOperationException();
		}

		/** The text without its line end, as UTF-8, for showing and for comparing. */
		String text();

		/** The key, when sshd would read one here. */
		default Optional<PublicKey> key() {
			return Optional.empty();
		}

	}

	/** A line that lets a key in. */
	public record KeyLine(String text, KeyOptions options, PublicKey publicKey, String comment) implements Line {

		@Override
		public Optional<PublicKey> key() {
			return Optional.of(this.publicKey);
		}

	}

	/**
	 * A line that lets nobody in: blank, a comment, or one that makes no sense to sshd.
	 */
	public record OtherLine(String text, Kind kind) implements Line {

		/** Why it lets nobody in. */
		public enum Kind {

			BLANK, COMMENT, UNREADABLE

		}

	}

}
