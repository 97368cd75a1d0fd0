package io.latchkey.conversation.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Greeting;
import io.latchkey.conversation.protocol.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of files without their contents, and how it is asked for just that
 * again.
 *
 * @param paths the lines that name the accounts' homes, and the paths
 * @param digest of what was said of these
 * @param known by account, what the script may be told of it where that is still so
 */
public record Seen(String paths, String digest, Map<String, String> known) {

	public Seen {
		known = Map.copyOf(known);
	}

	/** With which the answer begins. */
	public static final String WORDS = "latchkey-look 1 ";

	/** With which it ends. */
	static final String LAST = "looked";

	/** More than the script tells of as many accounts as are asked for. */
	private static final int MOST_LINES = 100_000;

	/** In characters. What is longer is not kept, and read each time. */
	private static final int MOST = 1024 * 1024;

	/** In characters; numbers may have become longer since. */
	static final int MOST_TOLD = 2 * MOST;

	private static final Pattern HOME = Pattern
		.compile("home ([A-Za-z_][A-Za-z0-9._-]{0,255}) (\\d{1,10} \\d{1,10}) (/[ -\\[\\]-~]*)");

	/** Without a backslash, which an echo might take for something else. */
	private static final Pattern FILE = Pattern.compile("([a-zA-Z-]{10}[.+@]? \\d{1,10} \\d{1,10} \\d{1,20} \\d{1,20} "
			+ "\\d{1,20} -?\\d{1,15} [0-9-]{8,12} [0-9:.]{8,20} [+-]\\d{4}) (/[ -\\[\\]-~]*)");

	/** Of the process itself: its user, and the time. */
	private static final Pattern SELF = Pattern.compile(
			"\\S+ (\\d{1,10}) \\d+ \\d+ \\d+ \\d+ (\\d{1,11}) \\S+ [0-9:]+(?:\\.(\\d{1,9}))? ([+-]\\d{4}) /proc/self/");

	/**
	 * What the script adds to its answer, line by line.
	 */
	static final class Collector {

		private final Map<String, String> homes = new LinkedHashMap<>();

		private final Map<String, String> known = new HashMap<>();

		private final Map<String, String> files = new LinkedHashMap<>();

		private boolean telling = true;

		private int taken;

		private int length;

		/**
		 * Takes the line, if it is one.
		 * @throws GrammarViolation when there are too many
		 */
		boolean take(String line) {
			if (!line.startsWith("home ") && !line.startsWith("seen ")) {
				return false;
			}
			this.taken++;
			if (this.taken > MOST_LINES) {
				throw new GrammarViolation("what is seen has no end");
			}
			if (this.telling) {
				keep(line);
			}
			return true;
		}

		private void keep(String line) {
			this.length += line.length();
			if (this.length > MOST || !isKept(line)) {
				this.telling = false;
				this.homes.clear();
				this.known.clear();
				this.files.clear();
			}
		}

		private boolean isKept(String line) {
			Matcher home = HOME.matcher(line);
			if (home.matches()) {
				this.known.put(home.group(1),
						"known %s %s %s\n".formatted(home.group(1), home.group(2), home.group(3)));
				return agrees(this.homes.put(home.group(1), home.group(3)), home.group(3));
			}
			Matcher file = FILE.matcher(line.substring("seen ".length()));
			return line.startsWith("seen ") && file.matches()
					&& agrees(this.files.put(file.group(2), file.group(1)), file.group(1));
		}

		private static boolean agrees(@Nullable String before, String now) {
			return before == null || before.equals(now);
		}

		/** Nothing where that could not be told again. */
		Optional<Seen> seen() {
			if (!this.telling || this.homes.isEmpty() || this.files.isEmpty()) {
				return Optional.empty();
			}
			StringBuilder paths = new StringBuilder();
			this.homes.forEach((name, home) -> paths.append('~').append(name).append(' ').append(home).append('\n'));
			List<String> said = new ArrayList<>();
			this.files.forEach((path, what) -> {
				paths.append(path).append('\n');
				said.add(what + " " + path);
			});
			return Optional.of(new Seen(paths.toString(), digestOf(said), this.known));
		}

	}

	/** The request for the same. */
	public String request() {
		return this.paths + "look\n";
	}

	/** How many lines its answer has at most. */
	int lines() {
		return (int) this.paths.lines().count() + 2;
	}

	/**
	 * Reads its answer, without the last line.
	 * @param first line of it
	 */
	public List<String> read(String first, Answers answers) throws IOException {
		List<String> said = new ArrayList<>();
		int length = 0;
		for (String line = first; !LAST.equals(line); line = answers.line()) {
			Answers.requireAtMost(lines(), said.size());
			length += line.length();
			if (length > MOST_TOLD) {
				throw new GrammarViolation("an answer of at most %d characters was expected".formatted(MOST_TOLD));
			}
			said.add(line);
		}
		return said;
	}

	/**
	 * Whether nothing has changed.
	 * @param said the answer, without its last line
	 */
	public boolean isStill(List<String> said) {
		return said.size() > 2 && WORDS.equals(said.get(0))
				&& this.digest.equals(digestOf(said.subList(2, said.size())));
	}

	private static String digestOf(List<String> said) {
		return ContentHash.of(String.join("\n", said).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What is said of the process that looks.
	 *
	 * @param now its time
	 */
	public record Self(int uid, Instant now, ZoneOffset zone) {

		public static Optional<Self> parse(String line) {
			Matcher matcher = SELF.matcher(line);
			if (!matcher.matches()) {
				return Optional.empty();
			}
			try {
				return Optional.of(new Self(Integer.parseUnsignedInt(matcher.group(1)),
						Instant.ofEpochSecond(Long.parseLong(matcher.group(2)), Greeting.nanos(matcher.group(3))),
						ZoneOffset.of(matcher.group(4))));
			}
			catch (DateTimeException | NumberFormatException ex) {
				return Optional.empty();
			}
		}

		/**
		 * @param from when it was asked for, by Latchkey's clock
		 * @param until when it had come
		 */
		public NodeFacts facts(Instant from, Instant until, String sshVersion) {
			return NodeFacts.of(this.uid, this.now, this.zone, from, until, sshVersion);
		}

	}

}
