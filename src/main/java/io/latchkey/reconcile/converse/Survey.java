package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.FindAccounts;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.FindLogins;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.reconcile.read.RunInput;
import org.jspecify.annotations.Nullable;

/**
 * What was found on a node: its files, account by account. As long as sshd's
 * configuration is the remembered one, looking takes one request.
 *
 * @param sshdConfig the digest of the configuration that is answered for, or null
 * @param asked what sshd said that it reads, for those accounts that were asked for
 * @param hostKeys by which the node is to be known from now on
 * @param logins the accounts that could log in, or null when they were not asked for
 * @param all those that there are, or null when they were not asked for
 */
public record Survey(NodeFacts facts, @Nullable String sshdConfig, boolean strictModes, Map<String, List<String>> asked,
		List<AccountFiles> accounts, List<HostKey> hostKeys, @Nullable LoginAccounts logins,
		@Nullable AllAccounts all) {

	/** Where sshd looks first by default. */
	private static final List<String> DEFAULT = List.of("%h/.ssh/authorized_keys");

	/**
	 * @param look first, by reading or by a glance
	 */
	static Survey of(NodeConversation conversation, RunInput input, Set<String> accounts,
			Function<List<FileQuery>, Observation> look) {
		return new Surveyor(conversation, input, accounts).look(look);
	}

	/** Of an account that was looked at. */
	public AccountFiles filesOf(String account) {
		return this.accounts.stream().filter((files) -> files.account().equals(account)).findFirst().orElseThrow();
	}

	/** Of all files of an account that were found. */
	List<String> pathsOf(String account) {
		return this.accounts.stream()
			.filter((files) -> files.account().equals(account))
			.flatMap((files) -> Stream.concat(files.read().stream(), files.left().stream()))
			.map(ObservedFile::path)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Looks once, asks sshd where it must, and looks again at what it did not know of.
	 */
	private static final class Surveyor {

		private final NodeConversation conversation;

		private final RunInput input;

		private final Map<String, List<String>> patterns = new LinkedHashMap<>();

		private final Map<String, Map<String, ObservedFile>> observed = new LinkedHashMap<>();

		private final Map<String, @Nullable LoginObstacle> obstacles = new HashMap<>();

		private final Map<String, LoginRules> rules = new HashMap<>();

		private final Map<String, Unanswered> unanswered = new HashMap<>();

		Surveyor(NodeConversation conversation, RunInput input, Set<String> accounts) {
			this.conversation = conversation;
			this.input = input;
			accounts.forEach((account) -> {
				this.patterns.put(account, remembered(account));
				this.obstacles.put(account, input.files(account).obstacle());
				LoginRules rules = input.files(account).rules();
				this.rules.put(account, (rules != null) ? rules : LoginRules.NONE);
			});
		}

		Survey look(Function<List<FileQuery>, Observation> look) {
			Observation first = observe(this.patterns, look);
			LoginAccounts logins = logins(first);
			boolean strictModes = this.input.row().sshd().strictModes();
			Map<String, List<String>> asked = Map.of();
			List<HostKey> hostKeys = this.input.node().hostKeys();
			List<String> unknown = unknown(first);
			if (isNew(first.sshdConfig())) {
				hostKeys = this.conversation.ask(new VouchForHostKeys()).renew(hostKeys);
			}
			if (!unknown.isEmpty()) {
				KeyFiles files = this.conversation.ask(new FindKeyFiles(unknown));
				asked = files.patterns();
				strictModes = files.patterns().isEmpty() ? strictModes : files.strictModes();
				unknown.forEach((account) -> {
					this.obstacles.put(account, files.obstacles().get(account));
					this.rules.put(account, files.rulesOf(account));
				});
				this.unanswered.putAll(files.unanswered());
				lookAgain(asked);
			}
			Map<String, List<String>> left = lookAtLeft();
			// what was not answered is asked for again
			String answered = this.unanswered.isEmpty() ? first.sshdConfig() : this.input.row().sshd().config();
			return new Survey(first.facts(), answered, strictModes, ofAccounts(asked),
					this.patterns.keySet()
						.stream()
						.map((account) -> files(account, left.getOrDefault(account, List.of())))
						.toList(),
					hostKeys, logins, ((logins != null) && logins.whole())
							? this.conversation.ask(new FindAccounts(OtherAccounts.MOST_NAMED)) : null);
		}

		/** The accounts may be others when what decides about logins changed. */
		private @Nullable LoginAccounts logins(Observation first) {
			boolean asks = this.input.asksForAccounts() || (isNew(first.sshdConfig()) && this.input.looksAtOthers());
			if (!asks) {
				return null;
			}
			LoginAccounts logins = this.conversation.ask(new FindLogins(RunInput.MOST_OTHERS));
			if (logins.whole()) {
				Map<String, List<String>> others = new LinkedHashMap<>();
				logins.names()
					.stream()
					.filter((account) -> !this.patterns.containsKey(account))
					.forEach((account) -> others.put(account, remembered(account)));
				this.patterns.putAll(others);
				if (!others.isEmpty()) {
					observe(others, (queries) -> this.conversation.ask(new ObserveFiles(queries)));
				}
			}
			return logins;
		}

		/**
		 * What holds for an account may be another thing once it is there, with groups.
		 */
		private Map<String, List<String>> ofAccounts(Map<String, List<String>> asked) {
			Map<String, List<String>> there = new LinkedHashMap<>(asked);
			there.keySet()
				.removeIf((account) -> this.observed.getOrDefault(account, Map.of())
					.values()
					.stream()
					.anyMatch((file) -> file.presence() == Presence.NO_ACCOUNT));
			return there;
		}

		/**
		 * The accounts of which it is not known which files sshd reads for them now, or
		 * whom it refused by rules that may have changed since: groups may come from a
		 * directory. Another version may have other defaults.
		 */
		private List<String> unknown(Observation first) {
			if (first.sshdConfig() == null) {
				return List.of();
			}
			boolean changed = isNew(first.sshdConfig())
					|| !first.facts().sshVersion().equals(this.input.row().sshd().version());
			return this.patterns.keySet()
				.stream()
				.filter((account) -> changed || this.input.files(account).isToBeAsked() || isRefused(account))
				.toList();
		}

		private boolean isRefused(String account) {
			return this.rules.getOrDefault(account, LoginRules.NONE)
				.ofAccount(account)
				.stream()
				.anyMatch(LoginVerdict::isRefusal);
		}

		private boolean isNew(@Nullable String sshdConfig) {
			return sshdConfig != null && !sshdConfig.equals(this.input.row().sshd().config());
		}

		private List<String> remembered(String account) {
			List<String> known = this.input.files(account).patterns();
			return (known != null) ? known : DEFAULT;
		}

		private void lookAgain(Map<String, List<String>> asked) {
			Map<String, List<String>> others = new LinkedHashMap<>();
			asked.forEach((account, files) -> {
				if (!files.equals(this.patterns.put(account, files))) {
					this.observed.remove(account);
					if (!files.isEmpty()) {
						others.put(account, files);
					}
				}
			});
			if (!others.isEmpty()) {
				observe(others, (queries) -> this.conversation.ask(new ObserveFiles(queries)));
			}
		}

		/** Files that hold lines of Latchkey's and that sshd reads no more. */
		private Map<String, List<String>> lookAtLeft() {
			Map<String, List<String>> left = new LinkedHashMap<>();
			List<FileQuery> queries = new ArrayList<>();
			for (String account : this.patterns.keySet()) {
				Set<String> paths = new HashSet<>(this.input.placedFiles(account));
				paths.removeAll(this.observed.getOrDefault(account, Map.of()).keySet());
				if (!paths.isEmpty()) {
					left.put(account, List.copyOf(paths));
					paths.forEach((path) -> queries.add(FileQuery.at(account, path)));
				}
			}
			if (!queries.isEmpty()) {
				note(this.conversation.ask(new ObserveFiles(queries)));
			}
			return left;
		}

		private Observation observe(Map<String, List<String>> patterns, Function<List<FileQuery>, Observation> look) {
			List<FileQuery> queries = new ArrayList<>();
			patterns.forEach((account, files) -> queries.addAll(queries(account, files)));
			Observation observation = look.apply(queries);
			note(observation);
			return observation;
		}

		private void note(Observation observation) {
			for (ObservedFile account : observation.accounts()) {
				this.observed.computeIfAbsent(account.account(), (name) -> new LinkedHashMap<>())
					.putIfAbsent((account.path() != null) ? account.path() : "", account);
			}
		}

		private List<FileQuery> queries(String account, List<String> files) {
			return FileQuery.of(account, files, this.conversation.sshVersion());
		}

		private @Nullable Unanswered unansweredOf(String account) {
			List<String> files = this.patterns.getOrDefault(account, List.of());
			boolean isNowhere = !files.isEmpty() && queries(account, files).isEmpty();
			return isNowhere ? Unanswered.onlyGlobs(files) : this.unanswered.get(account);
		}

		private AccountFiles files(String account, List<String> left) {
			Map<Boolean, List<ObservedFile>> files = this.observed.getOrDefault(account, Map.of())
				.values()
				.stream()
				.collect(Collectors.partitioningBy((file) -> file.path() != null && left.contains(file.path())));
			return new AccountFiles(account, files.getOrDefault(false, List.of()), files.getOrDefault(true, List.of()),
					unansweredOf(account), this.rules.getOrDefault(account, LoginRules.NONE),
					this.obstacles.get(account));
		}

	}

}
