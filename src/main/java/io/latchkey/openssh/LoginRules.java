package io.latchkey.openssh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What sshd decides about logins by a key as one account: its settings for the account as
 * it prints them, applied as its auth.c, match.c and auth2-pubkey.c do. Where a setting
 * holds for some connections only, nothing is refused for certain.
 *
 * @param groups the account's, where the settings name groups
 * @param varying the keywords of settings that may be others for other connections
 * @param asked for which connection sshd was asked; null when it was not
 */
public record LoginRules(SshdSettings settings, List<String> groups, Set<String> varying, @Nullable Asked asked) {

	/** Of a server that was not asked. */
	public static final LoginRules NONE = new LoginRules(SshdSettings.NONE, List.of(), Set.of(), null);

	private static final String METHOD = "publickey";

	public LoginRules {
		groups = List.copyOf(groups);
		varying = Set.copyOf(varying);
	}

	/**
	 * The connection for which sshd was asked.
	 *
	 * @param assumed whether the node could not tell by which Latchkey had come
	 */
	public record Asked(boolean assumed, String from, String to, int port) {

		private static final Pattern TEXT = Pattern
			.compile("(login|assumed) ([0-9A-Za-z.:%_-]{1,100}) ([0-9A-Za-z.:%_-]{1,100}) (\\d{1,5})");

		/**
		 * Reads {@code login} or {@code assumed}, two addresses and a port.
		 * @throws IllegalArgumentException when it is another text
		 */
		public static Asked parse(String text) {
			Matcher matcher = TEXT.matcher(text);
			if (!matcher.matches()) {
				throw new IllegalArgumentException("Expected login or assumed, two addresses and a port");
			}
			return new Asked("assumed".equals(matcher.group(1)), matcher.group(2), matcher.group(3),
					Integer.parseInt(matcher.group(4)));
		}

		@Override
		public String toString() {
			return "%s %s %s %d".formatted(this.assumed ? "assumed" : "login", this.from, this.to, this.port);
		}

	}

	/**
	 * Reads them as {@link #render} writes them; what it does not know, it passes over.
	 */
	public static LoginRules parse(String text) {
		List<String> settings = new ArrayList<>();
		List<String> groups = new ArrayList<>();
		Set<String> varying = new TreeSet<>();
		Asked asked = null;
		for (String line : text.split("\n")) {
			int space = line.indexOf(' ');
			String rest = line.substring(space + 1);
			switch ((space < 0) ? "" : line.substring(0, space)) {
				case "setting" -> settings.add(rest);
				case "group" -> groups.add(rest);
				case "varies" -> varying.add(rest);
				case "asked" -> asked = Asked.parse(rest);
				default -> {
				}
			}
		}
		return new LoginRules(new SshdSettings(settings), groups, varying, asked);
	}

	/**
	 * A line each: {@code setting <keyword> <value>}, {@code group <name>},
	 * {@code varies <keyword>} and {@code asked <login|assumed> <from> <to> <port>}.
	 */
	public String render() {
		Stream<String> last = (this.asked != null) ? Stream.of("asked " + this.asked) : Stream.empty();
		return Stream
			.of(this.settings.lines().stream().map((line) -> "setting " + line),
					this.groups.stream().map((group) -> "group " + group),
					this.varying.stream().sorted().map((keyword) -> "varies " + keyword), last)
			.flatMap((lines) -> lines)
			.collect(Collectors.joining("\n"));
	}

	/** What is said of every login as the account, refusals first. */
	public List<LoginVerdict> ofAccount(String account) {
		List<LoginVerdict> verdicts = new ArrayList<>();
		if (this.settings.is("refuseconnection", "yes")) {
			verdicts.add(LoginVerdict.refused(LoginRule.REFUSE_CONNECTION, "yes"));
		}
		AccountLists lists = new AccountLists(this.settings, this.groups, names());
		verdicts.addAll(lists.ofUser(account));
		verdicts.addAll(lists.ofGroups());
		if (this.settings.is("pubkeyauthentication", "no")) {
			verdicts.add(LoginVerdict.refused(LoginRule.PUBKEY_AUTHENTICATION, "no"));
		}
		if (isRoot(account) && this.settings.is("permitrootlogin", "no")) {
			verdicts.add(LoginVerdict.refused(LoginRule.PERMIT_ROOT_LOGIN, "no"));
		}
		addMethods(verdicts);
		if (!revokedKeys().isEmpty()) {
			verdicts.add(LoginVerdict.depends(LoginRule.REVOKED_KEYS, String.join(" ", revokedKeys())));
		}
		if (!this.varying.isEmpty()) {
			verdicts.add(LoginVerdict.depends(LoginRule.CONNECTION, String.join(", ", new TreeSet<>(this.varying))));
		}
		return inOrder(verdicts);
	}

	/** What is said of a login by a line with that key and these options. */
	public List<LoginVerdict> ofKey(String account, PublicKey key, KeyOptions options) {
		List<LoginVerdict> verdicts = new ArrayList<>();
		List<String> accepted = this.settings.value("pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes")
			.map((list) -> Arrays.asList(list.split(",")))
			.orElse(List.of());
		if (!accepted.isEmpty() && key.keyType()
			.names()
			.stream()
			.noneMatch((name) -> accepted.stream().anyMatch((pattern) -> WildcardPattern.matches(name, pattern)))) {
			verdicts.add(LoginVerdict.refused(LoginRule.ACCEPTED_ALGORITHMS, key.type()));
		}
		int shortest = this.settings.value("requiredrsasize", "rsaminsize").map(LoginRules::number).orElse(0);
		if (key.keyType() == KeyType.RSA && key.bits() < shortest) {
			verdicts.add(LoginVerdict.refused(LoginRule.RSA_SIZE, key.bits() + " < " + shortest));
		}
		if (isRoot(account) && this.settings.is("permitrootlogin", "forced-commands-only") && !options.has("command")) {
			verdicts.add(LoginVerdict.refused(LoginRule.FORCED_COMMANDS_ONLY, ""));
		}
		options.value("from").ifPresent((list) -> addFrom(list, verdicts));
		return inOrder(verdicts);
	}

	/** The files of revoked keys ({@code RevokedKeys}); none when there are none. */
	public List<String> revokedKeys() {
		return this.settings.value("revokedkeys")
			.filter((files) -> !"none".equalsIgnoreCase(files))
			.map((files) -> List.of(files.split(" ")))
			.orElse(List.of());
	}

	/** Whether sshd looks at the login shell: not where it changes the root folder. */
	public boolean looksAtShell() {
		return this.settings.value("chrootdirectory").filter((folder) -> !"none".equalsIgnoreCase(folder)).isEmpty();
	}

	private AddressPatterns.Names names() {
		return this.settings.is("usedns", "no") ? AddressPatterns.Names.NOT_LOOKED_UP : AddressPatterns.Names.LOOKED_UP;
	}

	private void addMethods(List<LoginVerdict> verdicts) {
		String value = this.settings.value("authenticationmethods").orElse("any");
		if ("any".equalsIgnoreCase(value)) {
			return;
		}
		List<List<String>> lists = Stream.of(value.split(" "))
			.map((list) -> Stream.of(list.split(",")).map((method) -> method.replaceFirst(":.*", "")).toList())
			.filter((list) -> list.stream().allMatch(this::isEnabled))
			.toList();
		if (lists.contains(List.of(METHOD))) {
			return;
		}
		verdicts.add(lists.stream().anyMatch((list) -> list.contains(METHOD))
				? LoginVerdict.depends(LoginRule.AUTHENTICATION_METHODS, value)
				: LoginVerdict.refused(LoginRule.AUTHENTICATION_METHODS, value));
	}

	private boolean isEnabled(String method) {
		return switch (method) {
			case METHOD -> !this.settings.is("pubkeyauthentication", "no");
			case "password" -> !this.settings.is("passwordauthentication", "no");
			case "keyboard-interactive" -> !this.settings.is("kbdinteractiveauthentication", "no");
			case "hostbased" -> !this.settings.is("hostbasedauthentication", "no");
			case "gssapi-with-mic" -> this.settings.is("gssapiauthentication", "yes");
			default -> true;
		};
	}

	private void addFrom(String list, List<LoginVerdict> verdicts) {
		AddressPatterns hosts = AddressPatterns.parse(list);
		if (hosts.refused().isPresent()) {
			verdicts.add(LoginVerdict.refused(LoginRule.FROM_MALFORMED, hosts.refused().get().text()));
		}
		else if (!hosts.letsAnyIn(names())) {
			verdicts.add(LoginVerdict.refused(LoginRule.FROM_NOBODY, list));
		}
	}

	/** What may be otherwise for another connection is not certain. */
	private List<LoginVerdict> inOrder(List<LoginVerdict> verdicts) {
		return verdicts.stream()
			.map((verdict) -> mayBeOtherwise(verdict.rule()) ? LoginVerdict.depends(verdict.rule(), verdict.detail())
					: verdict)
			.sorted((one, other) -> Boolean.compare(other.isRefusal(), one.isRefusal()))
			.toList();
	}

	private boolean mayBeOtherwise(LoginRule rule) {
		return this.varying.contains(rule.keyword())
				|| (this.varying.contains(MatchBlocks.ALL) && !"from".equals(rule.keyword()));
	}

	private static boolean isRoot(String account) {
		return "root".equals(account);
	}

	private static int number(String text) {
		return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
	}

}
