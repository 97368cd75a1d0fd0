package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.sshd.PasswordLogins;

/**
 * The {@code Match} blocks of sshd's configuration (sshd_config(5)) that let in by
 * password all the same, and the lines that ask for a password beside a key.
 *
 * @param matches those blocks
 * @param roots the blocks that let in root by password
 * @param methods lines of {@code AuthenticationMethods} that name a password, as
 * {@code file line n: AuthenticationMethods …}
 * @param accounts those that sshd lets in by password all the same, by its own word
 */
record Exceptions(List<Block> matches, List<Block> roots, List<String> methods, List<String> accounts) {

	private static final Pattern LINE = Pattern.compile("\\s*\"?([A-Za-z]+)\"?[\\s=]+\"?(.*?)\"?\\s*");

	private static final Set<String> PASSWORDS = Set.of("passwordauthentication", "kbdinteractiveauthentication",
			"challengeresponseauthentication");

	/**
	 * The beginning of what holds for some logins only.
	 *
	 * @param of whom it is for
	 */
	record Block(String file, int line, String of) {

		@Override
		public String toString() {
			return "%s line %d: Match %s".formatted(this.file, this.line, this.of);
		}

		/** The same wherever it stands in the file. */
		String name() {
			return "%s: Match %s".formatted(this.file, this.of);
		}

	}

	static Exceptions in(PasswordLogins said) {
		Search search = new Search();
		said.configuration().lines().forEach(search::take);
		return new Exceptions(search.matches(), List.copyOf(search.roots), List.copyOf(search.methods),
				said.accounts().letIn());
	}

	boolean isEmpty() {
		return this.matches.isEmpty() && this.accounts.isEmpty();
	}

	/** Names all who are let in by password all the same. */
	List<String> names() {
		return Stream.concat(this.matches.stream().map(Block::name), this.accounts.stream()).sorted().toList();
	}

	/** Goes through the lines of all files. */
	private static final class Search {

		private final Set<Block> found = new LinkedHashSet<>();

		private final Set<Block> roots = new LinkedHashSet<>();

		private final List<String> methods = new ArrayList<>();

		/** Files that stand in a block, as they are named there. */
		private final List<Included> included = new ArrayList<>();

		/** Files that let in by password outside of any block of theirs. */
		private final Set<String> open = new LinkedHashSet<>();

		private String file = "";

		private Block block = new Block("", 0, "");

		void take(PasswordLogins.Line line) {
			Matcher matcher = LINE.matcher(line.text());
			if (!matcher.matches()) {
				return;
			}
			if (!line.file().equals(this.file)) {
				this.file = line.file();
				this.block = new Block(this.file, 0, "");
			}
			String keyword = matcher.group(1).toLowerCase(Locale.ROOT);
			String value = matcher.group(2);
			if ("match".equals(keyword)) {
				this.block = new Block(this.file, line.number(), value);
			}
			else if ("include".equals(keyword) && this.block.line() > 0) {
				Stream.of(value.split("[\\s\"]+")).forEach((path) -> this.included.add(Included.of(path, this.block)));
			}
			else if ("authenticationmethods".equals(keyword) && asksForPassword(value)) {
				this.methods.add("%s line %d: AuthenticationMethods %s".formatted(this.file, line.number(), value));
			}
			else {
				takeSetting(keyword, value);
			}
		}

		private void takeSetting(String keyword, String value) {
			if (PASSWORDS.contains(keyword) && !"no".equalsIgnoreCase(firstWord(value))) {
				if (this.block.line() > 0) {
					this.found.add(this.block);
				}
				else {
					this.open.add(this.file);
				}
			}
			else if ("permitrootlogin".equals(keyword) && "yes".equalsIgnoreCase(firstWord(value))
					&& this.block.line() > 0) {
				this.roots.add(this.block);
			}
		}

		List<Block> matches() {
			this.included.stream()
				.filter((each) -> this.open.stream().anyMatch((path) -> each.path().matcher(path).matches()))
				.forEach((each) -> this.found.add(each.block()));
			return List.copyOf(this.found);
		}

		/** Without it nobody would be let in who is let in now. */
		private static boolean asksForPassword(String value) {
			for (String list : value.split("\\s+")) {
				if (!list.contains("password") && !list.contains("keyboard-interactive")) {
					return false;
				}
			}
			return true;
		}

		private static String firstWord(String value) {
			return value.split("\\s", 2)[0];
		}

	}

	/**
	 * Files that a block includes.
	 *
	 * @param path what their names are like, as glob(7) has it but for brackets
	 */
	private record Included(Pattern path, Block block) {

		/** With more it takes long to tell. */
		private static final int MOST_STARS = 3;

		static Included of(String path, Block block) {
			String whole = path.startsWith("/") ? path : "/etc/ssh/" + path;
			return new Included(Pattern.compile(whole.chars().filter((sign) -> sign == '*').count() > MOST_STARS ? ".*"
					: whole.codePoints().mapToObj(Included::likeness).collect(Collectors.joining())), block);
		}

		private static String likeness(int sign) {
			return switch (sign) {
				case '*' -> "[^/]*";
				case '?' -> "[^/]";
				default -> Pattern.quote(Character.toString(sign));
			};
		}

	}

}
