package io.latchkey.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.inventory.HostKey;
import io.latchkey.transport.AccountQuery;
import io.latchkey.transport.KeyFiles;
import io.latchkey.transport.LoginObstacle;
import io.latchkey.transport.NodeConversation;
import io.latchkey.transport.NodeFacts;
import io.latchkey.transport.Observation;
import io.latchkey.transport.ObservedAccount;
import io.latchkey.transport.Presence;
import org.jspecify.annotations.Nullable;

/**
 * What was found on a node: its files, account by account. As long as sshd's
 * configuration is the remembered one, looking takes one request.
 *
 * @param sshdConfig the digest of the configuration that was found, or null
 * @param asked what sshd said that it reads, for those accounts that were asked for
 * @param hostKeys by which the node is to be known from now on
 */
record Survey(NodeFacts facts, @Nullable String sshdConfig, boolean strictModes, Map<String, List<String>> asked,
		List<AccountFiles> accounts, List<HostKey> hostKeys) {

	/** Where sshd looks first by default. */
	private static final List<String> DEFAULT = List.of("%h/.ssh/authorized_keys");

	static Survey of(NodeConversation conversation, Briefing briefing, Set<String> accounts) {
		return new Surveyor(conversation, briefing, accounts).look();
	}

	/** Why logins as an account fail whatever the key, or null. */
	@Nullable LoginObstacle obstacleOf(String account) {
		return this.accounts.stream()
			.filter((files) -> files.account().equals(account))
			.map(AccountFiles::obstacle)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Looks once, asks sshd where it must, and looks again at what it did not know of.
	 */
	private static final class Surveyor {

		private final NodeConversation conversation;

		private final Briefing briefing;

		private final Map<String, List<String>> patterns = new LinkedHashMap<>();

		private final Map<String, Map<String, ObservedAccount>> observed = new LinkedHashMap<>();

		private final Map<String, @Nullable LoginObstacle> obstacles = new HashMap<>();

		Surveyor(NodeConversation conversation, Briefing briefing, Set<String> accounts) {
			this.conversation = conversation;
			this.briefing = briefing;
			accounts.forEach((account) -> {
				this.patterns.put(account, remembered(account));
				this.obstacles.put(account, briefing.files(account).obstacle());
			});
		}

		Survey look() {
			Observation first = observe(this.patterns);
			boolean strictModes = this.briefing.row().sshd().strictModes();
			Map<String, List<String>> asked = Map.of();
			List<HostKey> hostKeys = this.briefing.node().hostKeys();
			List<String> unknown = unknown(first.sshdConfig());
			if (isNew(first.sshdConfig())) {
				hostKeys = this.conversation.vouch().renew(hostKeys);
			}
			if (!unknown.isEmpty()) {
				KeyFiles files = this.conversation.keyFiles(unknown);
				asked = files.patterns();
				strictModes = files.strictModes();
				unknown.forEach((account) -> this.obstacles.put(account, files.obstacles().get(account)));
				lookAgain(asked);
			}
			Map<String, List<String>> left = lookAtLeft();
			return new Survey(first.facts(), first.sshdConfig(), strictModes, ofAccounts(asked),
					this.patterns.keySet()
						.stream()
						.map((account) -> files(account, left.getOrDefault(account, List.of())))
						.toList(),
					hostKeys);
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

		/** The accounts of which it is not known which files sshd reads for them now. */
		private List<String> unknown(@Nullable String sshdConfig) {
			if (sshdConfig == null) {
				return List.of();
			}
			boolean changed = isNew(sshdConfig);
			return this.patterns.keySet()
				.stream()
				.filter((account) -> changed || this.briefing.files(account).patterns() == null)
				.toList();
		}

		private boolean isNew(@Nullable String sshdConfig) {
			return sshdConfig != null && !sshdConfig.equals(this.briefing.row().sshd().config());
		}

		private List<String> remembered(String account) {
			List<String> known = this.briefing.files(account).patterns();
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
				observe(others);
			}
		}

		/** Files that hold lines of Latchkey's and that sshd reads no more. */
		private Map<String, List<String>> lookAtLeft() {
			Map<String, List<String>> left = new LinkedHashMap<>();
			Map<String, List<String>> queries = new LinkedHashMap<>();
			for (String account : this.patterns.keySet()) {
				Set<String> paths = new HashSet<>(this.briefing.placedFiles(account));
				paths.removeAll(this.observed.getOrDefault(account, Map.of()).keySet());
				if (!paths.isEmpty()) {
					left.put(account, List.copyOf(paths));
					queries.put(account, paths.stream().map((path) -> path.replace("%", "%%")).toList());
				}
			}
			if (!queries.isEmpty()) {
				observe(queries);
			}
			return left;
		}

		private Observation observe(Map<String, List<String>> patterns) {
			List<AccountQuery> queries = new ArrayList<>();
			patterns.forEach(
					(account, files) -> files.forEach((pattern) -> queries.add(new AccountQuery(account, pattern))));
			Observation observation = this.conversation.observe(queries);
			for (ObservedAccount account : observation.accounts()) {
				this.observed.computeIfAbsent(account.account(), (name) -> new LinkedHashMap<>())
					.putIfAbsent((account.path() != null) ? account.path() : "", account);
			}
			return observation;
		}

		private AccountFiles files(String account, List<String> left) {
			Map<Boolean, List<ObservedAccount>> files = this.observed.getOrDefault(account, Map.of())
				.values()
				.stream()
				.collect(Collectors.partitioningBy((file) -> file.path() != null && left.contains(file.path())));
			return new AccountFiles(account, files.getOrDefault(false, List.of()), files.getOrDefault(true, List.of()),
					this.obstacles.get(account));
		}

	}

}
