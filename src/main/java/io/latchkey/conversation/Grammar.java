package io.latchkey.conversation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The answers that the script may give, as its header has them. Nothing else is taken.
 */
final class Grammar {

	static final Pattern FAILED = Pattern.compile("failed ([a-z-]{1,30}) ([^\\p{Cntrl}]{1,400})");

	private static final String HASH = "[0-9a-f]{64}";

	private static final Pattern ACCOUNT = Pattern
		.compile("account (\\S+) ([a-z-]+) (" + HASH + "|-) (-|/[^\\p{Cntrl}]*)");

	private static final Pattern CONTENT = Pattern.compile("content (\\d{1,8})");

	private static final String FAULT = "(owner|all|group) (/[^\\p{Cntrl}]*)";

	private static final Pattern WRITTEN = Pattern.compile("(written|held) (" + HASH + ") (?:-|" + FAULT + ")");

	private static final Pattern STRICT = Pattern.compile("strict (\\d{1,5}) " + FAULT);

	private static final Pattern ALTERS = Pattern.compile("alters (\\d{1,5})");

	private static final Pattern CONFIG = Pattern.compile("config (?:" + HASH + "|-) /[^\\p{Cntrl}]*");

	private static final Pattern MATCHES = Pattern.compile("matches (\\S+) (\\d{1,3})");

	private static final Pattern FILES = Pattern.compile("files (\\S+) (\\d{1,3}) (\\d{1,4}|=) (\\d{1,4})");

	private static final Pattern UNANSWERED = Pattern.compile("unanswered (\\S+) (.+)");

	private static final Pattern PATTERN = Pattern.compile("pattern ([^\\p{Cntrl}]{1,1000})");

	private static final Pattern SETTING = Pattern.compile("setting ([a-z0-9]{1,100}(?: [^\\p{Cntrl}]{0,8000})?)");

	private static final Pattern GROUP = Pattern.compile("group ([^\\p{Cntrl}]{1,300})");

	private static final Pattern ACCEPTS = Pattern.compile("accepts (-|[A-Za-z0-9@.-]+(?:,[A-Za-z0-9@.-]+){0,200})");

	private static final Pattern BARRED = Pattern.compile("barred (\\S+) (.+)");

	private static final Pattern LISTED = Pattern.compile("listed (yes|no|unknown)");

	private static final Pattern LOGIN = Pattern.compile("login ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern NAME = Pattern.compile("name ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern ACCOUNTS = Pattern.compile("accounts (whole|part)");

	private static final Pattern LOGINS = Pattern.compile("logins (\\d{1,5}|-)");

	private static final Pattern CHANGED = Pattern.compile("changed (" + HASH + "|-)");

	private static final Pattern ALTERED = Pattern
		.compile("altered (" + HASH + "|-) (systemctl|rc-service|signal|none)");

	private static final Pattern REACHED = Pattern.compile("reached (\\d{1,5}) (?:ok|failed ([^\\p{Cntrl}]{1,400}))");

	private static final Pattern HOST_KEY = Pattern
		.compile("hostkey ([A-Za-z0-9@.-]{1,100}) ([A-Za-z0-9+/=]{1,8000}) ([A-Za-z0-9+/=]{1,8000}|-)");

	private static final Map<String, Presence> PRESENCES = Map.of("file", Presence.FILE, "absent", Presence.ABSENT,
			"no-account", Presence.NO_ACCOUNT, "no-home", Presence.NO_HOME, "not-file", Presence.NOT_A_FILE, "symlink",
			Presence.SYMLINK, "ssh-not-folder", Presence.SSH_NOT_A_FOLDER, "unreadable", Presence.UNREADABLE,
			"too-large", Presence.TOO_LARGE);

	private Grammar() {
	}

	static ObservedFile observedAccount(String account, String line) {
		Matcher matcher = ACCOUNT.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account))) {
			Presence presence = PRESENCES.get(matcher.group(2));
			String hash = unlessNone(matcher.group(3));
			String path = unlessNone(matcher.group(4));
			if (presence != null && fits(presence, path, hash)) {
				return new ObservedFile(account, path, presence, hash);
			}
		}
		throw new GrammarViolation("the account %s was expected".formatted(account), line);
	}

	static int contentSize(String line) {
		Matcher matcher = CONTENT.matcher(line);
		if (matcher.matches()) {
			int size = Integer.parseInt(matcher.group(1));
			if (size <= NodeScript.CONTENT_LIMIT) {
				return size;
			}
		}
		throw new GrammarViolation("content was expected", line);
	}

	static boolean isObserved(String line) {
		return "observed".equals(line);
	}

	/** Whether it is a line of sshd's configuration. */
	static boolean isConfig(String line) {
		return CONFIG.matcher(line).matches();
	}

	/**
	 * Whether it is one of a file that could not be hashed, which may be another each
	 * time.
	 */
	static boolean isUnknownConfig(String line) {
		return line.startsWith("config - ");
	}

	/** Whether it is about a file that a write alters. */
	static boolean isAlters(String line) {
		return ALTERS.matcher(line).matches();
	}

	/**
	 * Which of the accounts it is about.
	 * @param accounts how many there are
	 */
	static int alters(String line, int accounts) {
		Matcher matcher = ALTERS.matcher(line);
		if (matcher.matches() && Integer.parseInt(matcher.group(1)) < accounts) {
			return Integer.parseInt(matcher.group(1));
		}
		throw new GrammarViolation("one of the accounts was expected", line);
	}

	/**
	 * A fault of one of the accounts.
	 * @param accounts how many there are
	 */
	static Fault fault(String line, int accounts) {
		Matcher matcher = STRICT.matcher(line);
		if (matcher.matches() && Integer.parseInt(matcher.group(1)) < accounts) {
			return new Fault(Integer.parseInt(matcher.group(1)), fault(matcher.group(2), matcher.group(3)));
		}
		throw new GrammarViolation("'observed' was expected", line);
	}

	private static StrictModesFault fault(String kind, String path) {
		return new StrictModesFault(path, switch (kind) {
			case "owner" -> StrictModesFault.Kind.OTHER_OWNER;
			case "all" -> StrictModesFault.Kind.WRITABLE_BY_ALL;
			default -> StrictModesFault.Kind.GROUP_WRITABLE;
		});
	}

	/** None when the node does not know. */
	static Set<String> accepted(String line) {
		Matcher matcher = ACCEPTS.matcher(line);
		if (!matcher.matches()) {
			throw new GrammarViolation("the signature algorithms that sshd accepts were expected", line);
		}
		return "-".equals(matcher.group(1)) ? Set.of()
				: Arrays.stream(matcher.group(1).split(",")).collect(Collectors.toSet());
	}

	/** How many files a glob found. */
	static int matches(String account, String line) {
		Matcher matcher = MATCHES.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account))) {
			return Integer.parseInt(matcher.group(2));
		}
		throw new GrammarViolation("the files that a pattern finds for %s were expected".formatted(account), line);
	}

	/** Whether it says why something is not known of the account. */
	static boolean isUnanswered(String account, String line) {
		Matcher matcher = UNANSWERED.matcher(line);
		return matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account));
	}

	static Unanswered unanswered(String line) {
		return Unanswered.parse(UNANSWERED.matcher(line).replaceFirst("$2"));
	}

	/** What follows of the account. */
	static Following following(String account, String line) {
		Matcher matcher = FILES.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account))) {
			boolean same = "=".equals(matcher.group(3));
			return new Following(Integer.parseInt(matcher.group(2)), same ? 0 : Integer.parseInt(matcher.group(3)),
					same, Integer.parseInt(matcher.group(4)));
		}
		throw new GrammarViolation("the files of %s were expected".formatted(account), line);
	}

	static String pattern(String line) {
		return only(PATTERN, line, "a pattern was expected");
	}

	static String setting(String line) {
		return only(SETTING, line, "a setting was expected");
	}

	static String group(String line) {
		return only(GROUP, line, "a group was expected");
	}

	private static String only(Pattern pattern, String line, String expected) {
		Matcher matcher = pattern.matcher(line);
		if (matcher.matches()) {
			return matcher.group(1);
		}
		throw new GrammarViolation(expected, line);
	}

	/** Whether it names an account that cannot log in. */
	static boolean isBarred(String line) {
		return BARRED.matcher(line).matches();
	}

	/**
	 * Which of the accounts that is, which is none of the others.
	 * @param left the accounts by their words; it goes from there
	 */
	static String barred(String line, Map<String, String> left) {
		Matcher matcher = BARRED.matcher(line);
		String account = matcher.matches() ? left.remove(matcher.group(1)) : null;
		if (account == null) {
			throw new GrammarViolation("an account that was asked for was expected", line);
		}
		return account;
	}

	static LoginObstacle obstacle(String line) {
		return LoginObstacle.parse(BARRED.matcher(line).replaceFirst("$2"));
	}

	/** Whether it names an account that could log in. */
	static boolean isLogin(String line) {
		return LOGIN.matcher(line).matches();
	}

	/** Which account that is. */
	static String login(String line) {
		return account(LOGIN, line);
	}

	/** Whether it names an account. */
	static boolean isName(String line) {
		return NAME.matcher(line).matches();
	}

	/** Which account that is. */
	static String name(String line) {
		return account(NAME, line);
	}

	/** Whether there are no other accounts than those that were named. */
	static boolean areWhole(String line) {
		return "whole".equals(only(ACCOUNTS, line, "'name' or 'accounts' was expected"));
	}

	private static String account(Pattern pattern, String line) {
		String name = only(pattern, line, "an account was expected");
		if (!NodeScript.isAccount(name)) {
			throw new GrammarViolation("an account was expected", line);
		}
		return name;
	}

	/** How many more accounts could log in; negative when that is not known. */
	static int loginsLeft(String line) {
		String left = only(LOGINS, line, "'login' or 'logins' was expected");
		return "-".equals(left) ? -1 : Integer.parseInt(left);
	}

	/** Whether sshd heeds StrictModes; where it could not be asked, as by default. */
	static boolean strictModes(String line) {
		Matcher matcher = LISTED.matcher(line);
		if (matcher.matches()) {
			return !"no".equals(matcher.group(1));
		}
		throw new GrammarViolation("'listed' was expected", line);
	}

	/**
	 * @param wanted the hash of what was to be written
	 * @param token of the hold; null when it was none
	 */
	static WriteResult writeResult(String line, String wanted, @Nullable String token) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new WriteResult.Failed(failed.group(1), failed.group(2));
		}
		Matcher changed = CHANGED.matcher(line);
		if (changed.matches()) {
			return new WriteResult.Changed(unlessNone(changed.group(1)));
		}
		Matcher written = WRITTEN.matcher(line);
		if (written.matches() && written.group(1).equals((token != null) ? "held" : "written")
				&& written.group(2).equals(wanted)) {
			StrictModesFault fault = (written.group(3) != null) ? fault(written.group(3), written.group(4)) : null;
			return (token != null) ? new WriteResult.Held(token, wanted, fault)
					: new WriteResult.Written(wanted, fault);
		}
		throw new GrammarViolation("the outcome of writing %s was expected".formatted(wanted), line);
	}

	static Confirmation confirmation(String line) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new Confirmation.Failed(failed.group(1), failed.group(2));
		}
		return switch (line) {
			case "confirmed" -> new Confirmation.Confirmed();
			case "gone" -> new Confirmation.Gone();
			default -> throw new GrammarViolation("'confirmed' or 'gone' was expected", line);
		};
	}

	static SshdChange sshdChange(String token, String line) {
		Matcher altered = ALTERED.matcher(line);
		if (altered.matches()) {
			return new SshdChange.OnTrial(token, unlessNone(altered.group(1)),
					SshdChange.Reloaded.valueOf(altered.group(2).toUpperCase(Locale.ROOT).replace('-', '_')));
		}
		Matcher changed = CHANGED.matcher(line);
		if (changed.matches()) {
			return new SshdChange.Changed(unlessNone(changed.group(1)));
		}
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new SshdChange.Refused(failed.group(1), failed.group(2));
		}
		throw new GrammarViolation("a change of sshd's configuration was expected", line);
	}

	/**
	 * The end of such a change.
	 * @param word that says so
	 */
	static Confirmation settled(String word, String line) {
		return word.equals(line) ? new Confirmation.Confirmed() : confirmation(line);
	}

	static Removal removal(String line) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new Removal.Failed(failed.group(1), failed.group(2));
		}
		if ("removed".equals(line)) {
			return new Removal.Removed();
		}
		if (CHANGED.matcher(line).matches()) {
			return new Removal.Changed();
		}
		throw new GrammarViolation("'removed' or 'changed' was expected", line);
	}

	/**
	 * @param hosts how many were to be tried
	 */
	static Reached reached(String line, int hosts) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			throw new GrammarViolation("no host was tried: " + failed.group(2));
		}
		Matcher matcher = REACHED.matcher(line);
		if (matcher.matches() && Integer.parseInt(matcher.group(1)) < hosts) {
			return new Reached(Integer.parseInt(matcher.group(1)), (matcher.group(2) != null) ? matcher.group(2) : "");
		}
		throw new GrammarViolation("'reached' or 'tried' was expected", line);
	}

	static NamedHostKey namedHostKey(String line) {
		Matcher matcher = HOST_KEY.matcher(line);
		if (!matcher.matches()) {
			throw new GrammarViolation("'hostkey' or 'vouched' was expected", line);
		}
		return new NamedHostKey(key(matcher.group(1) + " " + matcher.group(2)), matcher.group(3));
	}

	/** One of a kind that is not known, as of DSA, cannot be pinned either. */
	private static Optional<PublicKey> key(String text) {
		try {
			return Optional.of(PublicKey.parse(text)).filter((key) -> !key.isCertificate());
		}
		catch (InvalidKeyException ex) {
			return Optional.empty();
		}
	}

	static PairMaking pairMaking(String line) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new PairMaking.Failed(failed.group(1), failed.group(2));
		}
		if ("paired".equals(line)) {
			return new PairMaking.Paired();
		}
		throw new GrammarViolation("'paired' was expected", line);
	}

	private static boolean fits(Presence presence, @Nullable String path, @Nullable String hash) {
		return (presence == Presence.FILE) == (hash != null) && (path != null || switch (presence) {
			case NO_ACCOUNT, NO_HOME, UNREADABLE -> true;
			default -> false;
		});
	}

	private static @Nullable String unlessNone(String field) {
		return "-".equals(field) ? null : field;
	}

	/**
	 * What StrictModes refuses.
	 *
	 * @param index of the account, in the order of the request
	 */
	record Fault(int index, StrictModesFault what) {

	}

	/**
	 * How many lines follow of what sshd said of an account.
	 *
	 * @param same whether its settings are those of the account before
	 */
	record Following(int patterns, int settings, boolean same, int groups) {

	}

	/**
	 * What became of a login to another host.
	 *
	 * @param index of the host, in the order of the request
	 * @param said what the client said; empty when it was let in
	 */
	record Reached(int index, String said) {

	}

	/**
	 * A host key as the node names it.
	 *
	 * @param key empty when it is of no kind that can be pinned
	 * @param proof in base64, or "-"
	 */
	record NamedHostKey(Optional<PublicKey> key, String proof) {

	}

}
