package io.latchkey.conversation.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.latchkey.inventory.Privilege;

/** How the script gets to a node, and what is said there without it. */
public final class Bootstrap {

	private static final byte[] SCRIPT = NodeScript.text();

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
	private static final String LOADER = "script=$(dd bs=" + SCRIPT.length
			+ " count=1 2>/dev/null; printf ':\\n'; [ -n \"$seen\" ] || exec date '+clock=%s zone=%z fraction=%N'); "
			+ "case $script in *'" + NodeScript.LAST_LINE + "'?:*) eval \"$script\"; main \"$m\"; exit;; esac; "
			+ "n=$(printf '\\n.'); n=${n%.}; time=${script##*:}; script=${script%:*}; "
			+ "while IFS= read -r line; do script=$script$line$n; case $line in *d | '') case $script in *'"
			+ NodeScript.LAST_LINE + "'\"$n\") eval \"$script:$time\"; main \"$m\"; exit;; esac;; esac; done\n";

	/**
	 * What brings {@link NodeScript.Words#SSHD_LOG} to the shell that has told a glance,
	 * and one request with it; the next line is then as if nothing had been said.
	 * {@code dd} takes them, as it takes the script: byte by byte they cost more than a
	 * program.
	 */
	private static final String WORDS_LOADER = "words=$(dd bs=%d count=1 2>/dev/null; echo :); case $words in *'"
			+ NodeScript.LAST_LINE
			+ "'?:) ;; *) n=$(printf '\\n.'); n=${n%%.}; words=${words%%:}; while IFS= read -r l || exit 0; do "
			+ "words=$words$l$n; case $l in *d | '') case $words in *'" + NodeScript.LAST_LINE
			+ "'\"$n\") break;; esac;; esac; done;; "
			+ "esac; eval \"${words%%:}\"; IFS= read -r l; read_log \"$l\"; IFS= read -r l || exit 0; eval \"$l\"; exit\n";

	/** What a fresh login says that runs Latchkey's commands. */
	public static final String PROOF = "latchkey-proof";

	/** What is said first. */
	public static final String SIGN = "!\n";

	private Bootstrap() {
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
		byte[] all = Arrays.copyOf(loader, loader.length + SCRIPT.length);
		System.arraycopy(SCRIPT, 0, all, loader.length, SCRIPT.length);
		return all;
	}

	/** What brings the words for a log, without the script. */
	public static byte[] broughtLog() {
		String words = new String(NodeScript.Words.SSHD_LOG.text(), StandardCharsets.US_ASCII) + NodeScript.LAST_LINE
				+ "\n";
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

}
