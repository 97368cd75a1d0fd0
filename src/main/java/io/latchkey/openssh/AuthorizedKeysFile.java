package io.latchkey.openssh;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An {@code authorized_keys} file (sshd(8), AUTHORIZED_KEYS FILE FORMAT) whose every byte
 * is kept: {@code parse(bytes).render()} gives the same bytes, whatever they are. Two are
 * equal when their bytes are.
 */
public final class AuthorizedKeysFile {

	/** A file without a byte. */
	public static final AuthorizedKeysFile EMPTY = new AuthorizedKeysFile(List.of());

	private final List<Line> lines;

	private AuthorizedKeysFile(List<Line> lines) {
		this.lines = lines;
	}

	public static AuthorizedKeysFile parse(byte[] content) {
		List<Line> lines = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < content.length; i++) {
			if (content[i] == '\n' || i == content.length - 1) {
				lines.add(read(new LineBytes(Arrays.copyOfRange(content, start, i + 1))));
				start = i + 1;
			}
		}
		return new AuthorizedKeysFile(List.copyOf(lines));
	}

	public byte[] render() {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		this.lines.forEach((line) -> content.writeBytes(line.bytes()));
		return content.toByteArray();
	}

	public List<Line> lines() {
		return this.lines;
	}

	/**
	 * The file with other lines. Lines that came from a file keep their bytes and their
	 * end. Each but the last ends with a line feed: one that is missing is added, so that
	 * two never run together.
	 */
	public static AuthorizedKeysFile of(List<Line> lines) {
		List<Line> ended = new ArrayList<>(lines);
		if (!ended.isEmpty()) {
			ended.subList(0, ended.size() - 1).replaceAll(AuthorizedKeysFile::ended);
		}
		return new AuthorizedKeysFile(List.copyOf(ended));
	}

	private static Line ended(Line line) {
		LineBytes bytes = new LineBytes(line.bytes());
		return bytes.isEnded() ? line : read(bytes.ended());
	}

	private static Line read(LineBytes bytes) {
		String text = KeyEntry.skipBlanks(bytes.text());
		if (text.isEmpty()) {
			return new OtherLine(bytes, OtherLine.Kind.BLANK);
		}
		String visible = untilNul(text);
		if (visible.startsWith("#")) {
			return new OtherLine(bytes, OtherLine.Kind.COMMENT);
		}
		try {
			KeyEntry entry = KeyEntry.read(visible);
			return entry.key().isCertificate() ? new OtherLine(bytes, OtherLine.Kind.CERTIFICATE)
					: new KeyLine(bytes, KeyOptions.parse(entry.options()), entry.key(), entry.comment());
		}
		catch (InvalidKeyException | IllegalArgumentException ex) {
			return new OtherLine(bytes, OtherLine.Kind.UNREADABLE);
		}
	}

	/** sshd reads lines as C strings, which end at the first NUL. */
	private static String untilNul(String text) {
		int end = text.indexOf('\0');
		return (end < 0) ? text : text.substring(0, end);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof AuthorizedKeysFile file && Arrays.equals(render(), file.render());
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(render());
	}

	/**
	 * One line, with or without its end. Two are equal when their bytes are, the line end
	 * aside.
	 */
	public sealed interface Line {

		/**
		 * A new line of this text, ended by a line feed.
		 * @throws IllegalArgumentException when there is a line break, NUL or half of a
		 * surrogate pair in the text
		 */
		static Line of(String text) {
			return read(LineBytes.of(text));
		}

		/**
		 * A line whose {@link #text} was remembered. Somebody else wrote it, and whatever
		 * stands in it is taken, such as a carriage return in its middle.
		 */
		static Line observed(String text) {
			return read(LineBytes.observed(text));
		}

		/**
		 * The text without its line end, as UTF-8, for showing and for comparing; bytes
		 * that are not UTF-8 show as U+FFFD, and so does what {@link ShownText} replaces.
		 */
		String text();

		/** The bytes with the line end, as they stand in the file. */
		byte[] bytes();

		/**
		 * How many lines end in it for a reader to whom a carriage return ends one, too.
		 */
		default int breaks() {
			int breaks = 0;
			for (byte each : bytes()) {
				if (each == '\n' || each == '\r') {
					breaks++;
				}
			}
			return breaks;
		}

		/** The key, when sshd would read one here. */
		default Optional<PublicKey> key() {
			return Optional.empty();
		}

	}

	/**
	 * A line that lets a key in, as far as its options allow; with {@code cert-authority}
	 * among them, the certificates that the key signed.
	 */
	public static final class KeyLine implements Line {

		private final LineBytes bytes;

		private final KeyOptions options;

		private final PublicKey publicKey;

		private final String comment;

		KeyLine(LineBytes bytes, KeyOptions options, PublicKey publicKey, String comment) {
			this.bytes = bytes;
			this.options = options;
			this.publicKey = publicKey;
			this.comment = comment;
		}

		@Override
		public String text() {
			return ShownText.of(this.bytes.text());
		}

		@Override
		public byte[] bytes() {
			return this.bytes.toByteArray();
		}

		@Override
		public Optional<PublicKey> key() {
			return Optional.of(this.publicKey);
		}

		public KeyOptions options() {
			return this.options;
		}

		public PublicKey publicKey() {
			return this.publicKey;
		}

		/** What follows the key, as it is shown; empty when nothing does. */
		public String comment() {
			return ShownText.of(this.comment);
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof KeyLine line && this.bytes.equals(line.bytes);
		}

		@Override
		public int hashCode() {
			return this.bytes.hashCode();
		}

		@Override
		public String toString() {
			return text();
		}

	}

	/**
	 * A line that lets nobody in: blank, a comment, or one that makes no sense to sshd.
	 */
	public static final class OtherLine implements Line {

		private final LineBytes bytes;

		private final Kind kind;

		OtherLine(LineBytes bytes, Kind kind) {
			this.bytes = bytes;
			this.kind = kind;
		}

		@Override
		public String text() {
			return ShownText.of(this.bytes.text());
		}

		@Override
		public byte[] bytes() {
			return this.bytes.toByteArray();
		}

		public Kind kind() {
			return this.kind;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof OtherLine line && this.bytes.equals(line.bytes);
		}

		@Override
		public int hashCode() {
			return this.bytes.hashCode();
		}

		@Override
		public String toString() {
			return text();
		}

		/** Why it lets nobody in. */
		public enum Kind {

			BLANK, COMMENT,

			/**
			 * Holds a certificate, to which sshd never lets in from here: it wants the
			 * authority's plain key and {@code cert-authority}.
			 */
			CERTIFICATE,

			UNREADABLE

		}

	}

}
