package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.FindAccounts;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.FindLogins;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.inventory.HostKey;
import io.latchkey.reconcile.read.RunInput;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of a node's accounts: once, and where sshd reads others by now,
 * which it has to be asked for, once more. For one run.
 */
final class Surveyor {

	/** Where sshd looks first by default. */
	private static final List<String> DEFAULT = List.of("%h/.ssh/authorized_keys");

	private final NodeConversation conversation;

	private final RunInput input;

	private final Map<String, List<String>> patterns = new LinkedHashMap<>();

	private final Map<String, Map<String, ObservedFile>> observed = new LinkedHashMap<>();

	private final SshdAnswers answers = new SshdAnswers();

	Surveyor(NodeConversation conversation, RunInput input, Set<String> accounts) {
		this.conversation = conversation;
		this.input = input;
		accounts.forEach((account) -> {
			this.patterns.put(account, remembered(account));
			this.answers.remember(account, input.files(account));
		});
	}

	/**
	 * @param look first, by reading or by a glance
	 */
	Survey look(Function<List<FileQuery>, Observation> look) {
		Observation first = observe(this.patterns, look);
		LoginAccounts logins = logins(first);
		List<String> unknown = unknown(first);
		List<HostKey> hostKeys = hostKeys(first);
		boolean strictModes = this.input.row().sshd().strictModes();
		Map<String, List<String>> asked = Map.of();
		if (!unknown.isEmpty()) {
			KeyFiles files = this.conversation.ask(new FindKeyFiles(unknown));
			asked = files.patterns();
			strictModes = asked.isEmpty() ? strictModes : files.strictModes();
			this.answers.note(files, unknown);
			lookAgain(asked);
		}
		List<AccountFiles> accounts = files(lookAtLeft());
		// what was not answered is asked for again
		String answered = this.answers.areWhole() ? first.sshdConfig() : this.input.row().sshd().config();
		return new Survey(first.facts(), answered, strictModes, ofAccounts(asked), accounts, hostKeys, logins,
				all(logins));
	}

	/** The node may have others by now, which it proves to have. */
	private List<HostKey> hostKeys(Observation first) {
		List<HostKey> pinned = this.input.node().hostKeys();
		return isNew(first.sshdConfig()) ? this.conversation.ask(new VouchForHostKeys()).renew(pinned) : pinned;
	}

	/** Named only where those that could log in were named whole. */
	private @Nullable AllAccounts all(@Nullable LoginAccounts logins) {
		return (logins != null && logins.whole()) ? this.conversation.ask(new FindAccounts(OtherAccounts.MOST_NAMED))
				: null;
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
	 * Without those that are not there yet: once they are, they may be in groups by which
	 * sshd decides otherwise.
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
	 * The accounts of which it is not known which files sshd reads for them now, or whom
	 * it refused by rules that may have changed since: groups may come from a directory.
	 * Another version may have other defaults.
	 */
	private List<String> unknown(Observation first) {
		if (first.sshdConfig() == null) {
			return List.of();
		}
		boolean changed = isNew(first.sshdConfig())
				|| !first.facts().sshVersion().equals(this.input.row().sshd().version());
		return this.patterns.keySet()
			.stream()
			.filter((account) -> changed || this.input.files(account).isToBeAsked() || this.answers.isRefused(account))
			.toList();
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
		return isNowhere ? Unanswered.onlyGlobs(files) : this.answers.unanswered(account);
	}

	private List<AccountFiles> files(Map<String, List<String>> left) {
		return this.patterns.keySet()
			.stream()
			.map((account) -> files(account, left.getOrDefault(account, List.of())))
			.toList();
	}

	private AccountFiles files(String account, List<String> left) {
		Map<Boolean, List<ObservedFile>> files = this.observed.getOrDefault(account, Map.of())
			.values()
			.stream()
			.collect(Collectors.partitioningBy((file) -> file.path() != null && left.contains(file.path())));
		return new AccountFiles(account, files.getOrDefault(false, List.of()), files.getOrDefault(true, List.of()),
				unansweredOf(account), this.answers.rules(account), this.answers.obstacle(account));
	}

}
