package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Privilege;

import org.springframework.modulith.NamedInterface;

/**
 * The node-side script, how it gets there, and the words that may be said to it.
 */
@NamedInterface("protocol")
public final class NodeScript {

	/** The most that a file may hold, in bytes. */
	public static final int CONTENT_LIMIT = 8 * 1024 * 1024;

	/** What stands for itself in an account's name. */
	private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@+$-";

	private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,2048}");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{16,64}");

	/**
	 * Each may use what is in the others. An account runs no more than the first four.
	 */
	private static final List<String> PARTS = List.of("sha256.sh", "common.sh", "words.sh", "files.sh", "sshd.sh",
			"accounts.sh", "latchkey-node.sh");

	private static final String LAST_LINE = "#end";

	private static final byte[] TEXT = (load() + LAST_LINE + "\n").getBytes(StandardCharsets.US_ASCII);

	/** What a glance tells of a file, and the script as well: see sshd.sh. */
	private static final String FORMAT = "%A %u %g %s %d %i %Z %z %n";

	/**
	 * What stands on the command line. Says the same in sh, csh and fish, as the
	 * account's login shell runs it, and fits into the 1,024 characters that some of them
	 * and old dropbears put up with.
	 * <p>
	 * The first line that it is told is an exclamation mark, with which a bracket means
	 * all other characters, and which csh would take for a command of the past if it
	 * stood here. A line that begins with a tilde names an account and its home; only
	 * what is a plain name, and so holds nothing for the shell, is evaluated, by which
	 * the shell asks the system for the home itself. A line that begins with a slash is a
	 * path, and {@code look} has one {@code stat} tell of all. Any other line is
	 * Latchkey's to be run: {@link #LOADER}.
	 */
	private static final String BOOTSTRAP = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; "
			+ "export PATH; m=$1; f=; seen=; set --; IFS= read -r x || exit 0; "
			+ "while IFS= read -r l || exit 0; do case $l in "
			+ "\"~\"*) n=${l#?}; n=${n%% *}; h=; case $n in [${x}A-Za-z_]* | *[${x}A-Za-z0-9._-]*) ;; "
			+ "*) eval \"h=~$n\";; esac; case \"$n $h\" in \"${l#?}\") ;; *) f=moved;; esac;; "
			+ "/*) set -- \"$@\" \"$l\";; look) seen=$(exec stat -c \"" + FORMAT
			+ "\" /proc/self/ \"$@\" 2>/dev/null); echo \"latchkey-look 1 $f\"; echo \"$seen\"; echo looked; f=; set --;; "
			+ "*) eval \"$l\"; exit;; esac; done";

	/**
	 * Reads the script up to its last line and evaluates it. Reads no byte too many, so
	 * that the first request can come along at once: {@code dd} reads so many bytes at
	 * the most, by one call to the kernel, which mostly gets them all; the shell reads
	 * what is missing, line by line, which takes only a byte at each call. {@code date}
	 * tells the time on the way, as there is a process for it anyway, unless a glance
	 * told it. An interrupted script is not run.
	 */
	private static final String LOADER = "script=$(dd bs=" + TEXT.length
			+ " count=1 2>/dev/null; printf ':\\n'; [ -n \"$seen\" ] || exec date '+clock=%s zone=%z fraction=%N'); "
			+ "case $script in *'" + LAST_LINE + "'?:*) eval \"$script\"; main \"$m\"; exit;; esac; "
			+ "n=$(printf '\\n.'); n=${n%.}; time=${script##*:}; script=${script%:*}; "
			+ "while IFS= read -r line; do script=$script$line$n; case $line in *d | '') case $script in *'" + LAST_LINE
			+ "'\"$n\") eval \"$script:$time\"; main \"$m\"; exit;; esac;; esac; done\n";

	/**
	 * What brings {@link Words#SSHD_LOG} to the shell that has told a glance, and one
	 * request with it; the next line is then as if nothing had been said. {@code dd}
	 * takes them, as it takes the script: byte by byte they cost more than a program.
	 */
	private static final String WORDS_LOADER = "words=$(dd bs=%d count=1 2>/dev/null; echo :); case $words in *'"
			+ LAST_LINE
			+ "'?:) ;; *) n=$(printf '\\n.'); n=${n%%.}; words=${words%%:}; while IFS= read -r l || exit 0; do "
			+ "words=$words$l$n; case $l in *d | '') case $words in *'" + LAST_LINE
			+ "'\"$n\") break;; esac;; esac; done;; "
			+ "esac; eval \"${words%%:}\"; IFS= read -r l; read_log \"$l\"; IFS= read -r l || exit 0; eval \"$l\"; exit\n";

	/** What a fresh login says that runs Latchkey's commands. */
	public static final String PROOF = "latchkey-proof";

	/** What is said first. */
	public static final String SIGN = "!\n";

	private NodeScript() {
	}

	/** The files that the script is made of, in their order. */
	static List<String> parts() {
		return Stream.concat(PARTS.stream(), Stream.of(Words.values()).map((words) -> words.part)).toList();
	}

	/** As it is read by people, with its comments; {@code main} is not called. */
	public static String source() {
		return parts().stream().map(NodeScript::read).collect(Collectors.joining("\n"));
	}

	public static byte[] text() {
		return TEXT.clone();
	}

	/** What brings the script. */
	public static byte[] brought() {
		return brought("seen=; ");
	}

	/** The same, where a glance has told the time. */
	public static byte[] broughtAfterGlance() {
		return brought("");
	}

	private static byte[] brought(String before) {
		byte[] loader = (before + LOADER).getBytes(StandardCharsets.US_ASCII);
		byte[] all = Arrays.copyOf(loader, loader.length + TEXT.length);
		System.arraycopy(TEXT, 0, all, loader.length, TEXT.length);
		return all;
	}

	/** What brings the words for a log, without the script. */
	public static byte[] broughtLog() {
		String words = new String(Words.SSHD_LOG.text(), StandardCharsets.US_ASCII) + LAST_LINE + "\n";
		return (WORDS_LOADER.formatted(words.length()) + words).getBytes(StandardCharsets.US_ASCII);
	}

	/** What a shell is told to do with its standard input. */
	static String bootstrap() {
		return BOOTSTRAP;
	}

	/**
	 * The command for the exec channel. Holds no data; sudo says in English what it
	 * refuses.
	 */
	public static String command(Privilege privilege) {
		return switch (privilege) {
			case ROOT -> "exec /bin/sh -c '%s' latchkey-node all".formatted(BOOTSTRAP);
			case SUDO -> "exec env LC_ALL=C sudo -n /bin/sh -c '%s' latchkey-node all".formatted(BOOTSTRAP);
			case SELF -> "exec /bin/sh -c '%s' latchkey-node self".formatted(BOOTSTRAP);
		};
	}

	/**
	 * What has a fresh login say {@link #PROOF}, in any login shell and by as few
	 * programs as can be. What only repeats the command does not say it.
	 */
	public static String proof(Privilege privilege) {
		String saying = "echo \"latchkey\"-proof";
		return (privilege == Privilege.SUDO)
				? "exec env LC_ALL=C sudo -n /bin/sh -c '%s' latchkey-node proof".formatted(saying) : saying;
	}

	public static boolean isAccount(String name) {
		return AccountName.isWellFormed(name);
	}

	public static String requireAccount(String name) {
		if (!isAccount(name)) {
			throw new IllegalArgumentException("Not the name of an account: " + name);
		}
		return name;
	}

	/**
	 * An account's name as the protocol has it: a word without blanks, in which each byte
	 * that is not plain stands as {@code printf %b} has it.
	 * @throws IllegalArgumentException when it is none
	 */
	public static String accountWord(String name) {
		StringBuilder word = new StringBuilder();
		for (byte each : requireAccount(name).getBytes(StandardCharsets.UTF_8)) {
			int sign = Byte.toUnsignedInt(each);
			if (PLAIN.indexOf(sign) >= 0) {
				word.append((char) sign);
			}
			else {
				word.append("\\0%03o".formatted(sign));
			}
		}
		return word.toString();
	}

	public static String requirePath(String path) {
		if (!PATH.matcher(path).matches()) {
			throw new IllegalArgumentException("Not a path: " + path);
		}
		return path;
	}

	public static String requireHost(String host) {
		if (!HOST.matcher(host).matches()) {
			throw new IllegalArgumentException("Not the name of a host: " + host);
		}
		return host;
	}

	public static String requireHash(String hash) {
		if (!HASH.matcher(hash).matches()) {
			throw new IllegalArgumentException("Not a SHA-256 in lower-case hex: " + hash);
		}
		return hash;
	}

	public static String requireToken(String token) {
		if (!TOKEN.matcher(token).matches()) {
			throw new IllegalArgumentException("Not a token");
		}
		return token;
	}

	private static String load() {
		return PARTS.stream().map(NodeScript::load).collect(Collectors.joining());
	}

	/** Without comments and indentation: it is sent at each login. */
	public static String load(String part) {
		return read(part).lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private static String read(String part) {
		try (InputStream in = NodeScript.class.getResourceAsStream("/node/" + part)) {
			if (in == null) {
				throw new IllegalStateException("Missing from the class path: node/" + part);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What comes only when it is needed: it is seldom, and the rest is sent whenever
	 * there is something to do.
	 */
	public enum Words {

		/** For asking sshd. */
		ASK_SSHD("ask-sshd.sh"),

		/** For files that are written on trial. */
		HOLD("hold.sh"),

		/** For what is seldom done. */
		SELDOM("seldom.sh"),

		/** For what an SSH server logged. */
		SSHD_LOG("sshd-log.sh"),

		/** For logins by password, with those for asking sshd. */
		PASSWORDS("passwords.sh"),

		/** For finding out why a login fails, with those for asking sshd. */
		DOCTOR("doctor.sh"),

		/** For a second sshd that says all it does, with those for asking sshd. */
		DEBUG_SSHD("debug-sshd.sh"),

		/** For what is put right on the way to a file of keys. */
		MENDS("mends.sh");

		public static final List<Words> FOR_PASSWORDS = List.of(ASK_SSHD, PASSWORDS);

		private final String part;

		private final byte[] text;

		Words(String part) {
			this.part = part;
			this.text = load(part).getBytes(StandardCharsets.US_ASCII);
		}

		public byte[] text() {
			return this.text.clone();
		}

	}

}
