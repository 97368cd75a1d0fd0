package io.latchkey.conversation.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.NodeScript;

import org.springframework.modulith.NamedInterface;

/**
 * A file of an account that is asked for.
 *
 * @param account the name
 * @param pathPattern where its file is, as {@code AuthorizedKeysFile} in sshd_config(5)
 * has it, with {@code %h}, {@code %u} and {@code %%}
 * @param glob whether wildcards in it stand for the files that they find (glob(7))
 */
@NamedInterface("files")
public record FileQuery(String account, String pathPattern, boolean glob) {

	public static final String DEFAULT_PATH_PATTERN = "%h/.ssh/authorized_keys";

	private static final Pattern WILD = Pattern.compile("[*?\\[\\\\]");

	private static final Pattern LAST_NAME = Pattern.compile("(.*/)?[^/*?\\[\\\\]*\\*[^/*?\\[\\\\]*");

	private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(?:for_Windows_)?(\\d{1,3})\\..*");

	private static final int FIRST_WITH_GLOBS = 10;

	/** More accounts than any node has. */
	private static final int MOST_AT_ONCE = 10_000;

	/**
	 * @throws IllegalArgumentException when the name or the pattern cannot be one
	 */
	public FileQuery {
		NodeScript.requireAccount(account);
		NodeScript.requirePath(pathPattern);
	}

	public FileQuery(String account, String pathPattern) {
		this(account, pathPattern, false);
	}

	/** Whether a node can be asked for an account of that name. */
	public static boolean isAccount(String name) {
		return NodeScript.isAccount(name);
	}

	public FileQuery(String account) {
		this(account, DEFAULT_PATH_PATTERN);
	}

	/**
	 * For a file itself.
	 * @param path absolute
	 */
	public static FileQuery at(String account, String path) {
		return new FileQuery(account, path.replace("%", "%%"));
	}

	/**
	 * For the files that sshd reads for an account: the first is the one in which lines
	 * are put. OpenSSH takes the words of {@code AuthorizedKeysFile} for globs since
	 * 10.0. There the first that is none comes first; where all are, a file that the
	 * first of them finds, under a name of Latchkey's.
	 * @param sshVersion of the node's banner
	 * @return none when no file follows from the patterns
	 */
	public static List<FileQuery> of(String account, List<String> patterns, String sshVersion) {
		boolean globs = readsGlobs(sshVersion);
		List<FileQuery> queries = new ArrayList<>();
		patterns.stream()
			.filter((pattern) -> !globs || !isWild(pattern))
			.map((pattern) -> new FileQuery(account, pattern))
			.forEach(queries::add);
		if (queries.isEmpty()) {
			Optional<String> own = patterns.stream().flatMap((pattern) -> named(pattern).stream()).findFirst();
			if (own.isEmpty()) {
				return List.of();
			}
			queries.add(new FileQuery(account, own.get()));
		}
		patterns.stream()
			.filter((pattern) -> globs && isWild(pattern))
			.map((pattern) -> new FileQuery(account, pattern, true))
			.forEach(queries::add);
		return queries;
	}

	/** For what sshd reads by one word of {@code AuthorizedKeysFile}. */
	public static FileQuery read(String account, String pattern, String sshVersion) {
		return new FileQuery(account, pattern, readsGlobs(sshVersion) && isWild(pattern));
	}

	private static boolean readsGlobs(String sshVersion) {
		Matcher matcher = OPENSSH.matcher(sshVersion);
		return matcher.matches() && Integer.parseInt(matcher.group(1)) >= FIRST_WITH_GLOBS;
	}

	private static boolean isWild(String pattern) {
		return WILD.matcher(pattern).find();
	}

	/** A name that the glob finds, where it has one star, and that in its last name. */
	private static Optional<String> named(String pattern) {
		Matcher matcher = LAST_NAME.matcher(pattern);
		boolean plain = matcher.matches() && (matcher.group(1) == null || !isWild(matcher.group(1)));
		return plain ? Optional.of(pattern.replace("*", "latchkey")) : Optional.empty();
	}

	/** No node is asked for more in one request. */
	public static void requireNotTooMany(List<?> asked) {
		if (asked.size() > MOST_AT_ONCE) {
			throw new IllegalArgumentException("More than %d accounts".formatted(MOST_AT_ONCE));
		}
	}

	/** As it is asked for. */
	String request() {
		return "%s %s %s\n".formatted(this.glob ? "glob" : "account", NodeScript.accountWord(this.account),
				this.pathPattern);
	}

}
