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
		String visible = LineBytes.untilNul(text);
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
			return LineBytes.breaksIn(bytes());
		}

		/** The key, when sshd would read one here. */
		default Optional<PublicKey> key() {
			return Optional.empty();
		}

	}

	/** What is the same for a line whatever it says. */
	private abstract static class Written {

		private final LineBytes bytes;

		Written(LineBytes bytes) {
			this.bytes = bytes;
		}

		public String text() {
			return ShownText.of(this.bytes.text());
		}

		public byte[] bytes() {
			return this.bytes.toByteArray();
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Written line && this.bytes.equals(line.bytes);
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
	 * A line that lets a key in, as far as its options allow; with {@code cert-authority}
	 * among them, the certificates that the key signed.
	 */
	public static final class KeyLine extends Written implements Line {

		private final KeyOptions options;

		private final PublicKey publicKey;

		private final String comment;

		KeyLine(LineBytes bytes, KeyOptions options, PublicKey publicKey, String comment) {
			super(bytes);
			this.options = options;
			this.publicKey = publicKey;
			this.comment = comment;
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

	}

	/**
	 * A line that lets nobody in: blank, a comment, or one that makes no sense to sshd.
	 */
	public static final class OtherLine extends Written implements Line {

		private final Kind kind;

		OtherLine(LineBytes bytes, Kind kind) {
			super(bytes);
			this.kind = kind;
		}

		public Kind kind() {
			return this.kind;
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
