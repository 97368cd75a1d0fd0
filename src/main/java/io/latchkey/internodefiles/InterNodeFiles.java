package io.latchkey.internodefiles;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.MakeKeyPair;
import io.latchkey.conversation.changes.PairMaking;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.internode.AccountMesh;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.KeyFile;
import io.latchkey.internode.MeshPart;
import io.latchkey.internode.Pair;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.runs.Intentions;
import io.latchkey.runs.Visit;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a node's inter-node keys in one run: those that should stand in the
 * accounts' {@code ~/.ssh} come there, those that Latchkey put there and that are not
 * wanted any more go. A user's own {@code config} keeps all its bytes but for one line of
 * Latchkey's; other files of theirs are not touched.
 */
class InterNodeFiles {

	/** The user's own. */
	private static final String USERS_CONFIG = "config";

	private static final String FOLDER = FolderFile.FOLDER;

	private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(?:for_Windows_)?(\\d{1,3})\\.(\\d{1,3}).*");

	private final Visit visit;

	private final Tools tools;

	private final SortedMap<String, AccountMesh> wanted;

	private final Map<String, List<String>> placed;

	private final Map<String, Map<String, ObservedFile>> observed = new LinkedHashMap<>();

	private final List<InterNodeOutcome.Learned> learned = new ArrayList<>();

	private final Map<String, String> problems = new LinkedHashMap<>();

	private final List<String> warnings = new ArrayList<>();

	private final List<String> written = new ArrayList<>();

	private final List<String> removed = new ArrayList<>();

	/**
	 * @param placed the names of the files that Latchkey put there, by account
	 */
	InterNodeFiles(Visit visit, Map<String, List<String>> placed, Tools tools) {
		this.visit = visit;
		this.tools = tools;
		this.wanted = AccountMesh.of(visit.records().mesh());
		this.placed = placed;
	}

	/** With what every run does it. */
	record Tools(InterNodeKeys keys, Intentions intentions, Findings findings) {

	}

	InterNodeOutcome run() {
		Set<String> accounts = new TreeSet<>(this.wanted.keySet());
		accounts.addAll(this.placed.keySet());
		accounts.removeIf((account) -> !isServed(account));
		if (accounts.isEmpty() || this.visit.node().mode() == Mode.OBSERVE) {
			return outcome();
		}
		if (!this.wanted.isEmpty() && this.visit.node().managementKey() != ManagementKeyKind.USUAL) {
			this.warnings.add(text("inter-node.no-ed25519", String.join(", ", this.wanted.keySet())));
		}
		look(accounts);
		accounts.forEach(this::reconcile);
		return outcome();
	}

	private InterNodeOutcome outcome() {
		return new InterNodeOutcome(this.learned, this.problems, this.warnings, this.written, this.removed);
	}

	private boolean isServed(String account) {
		boolean served = this.visit.node().privilege() != Privilege.SELF
				|| account.equals(this.visit.node().managementAccount());
		if (!served) {
			this.problems.put(account, text("inter-node.privilege", account, this.visit.node().managementAccount()));
		}
		return served;
	}

	/** All at once: it is one request, whatever the number of accounts. */
	private void look(Set<String> accounts) {
		List<FileQuery> queries = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (String account : accounts) {
			for (String name : namesOf(account)) {
				queries.add(query(account, name));
				names.add(name);
			}
		}
		List<ObservedFile> files = this.visit.conversation().survey(queries).accounts();
		for (int i = 0; i < files.size(); i++) {
			this.observed.computeIfAbsent(files.get(i).account(), (account) -> new LinkedHashMap<>())
				.put(names.get(i), files.get(i));
		}
	}

	private static FileQuery query(String account, String name) {
		return new FileQuery(account, "%h/.ssh/" + name);
	}

	private Set<String> namesOf(String account) {
		Set<String> names = new LinkedHashSet<>(wantedNames(account));
		names.addAll(placed(account));
		return names;
	}

	private List<String> placed(String account) {
		return this.placed.getOrDefault(account, List.of());
	}

	private Set<String> wantedNames(String account) {
		AccountMesh mesh = this.wanted.get(account);
		Set<String> names = new LinkedHashSet<>();
		if (mesh != null) {
			mesh.keyFiles().forEach((file) -> names.addAll(List.of(file.name(), file.publicName())));
			names.addAll(List.of(AccountMesh.KNOWN_HOSTS, AccountMesh.CONFIG));
			if (knowsInclude()) {
				names.add(USERS_CONFIG);
			}
		}
		return names;
	}

	/** An older client would refuse the whole file for that line (release notes 7.3). */
	private boolean knowsInclude() {
		Matcher version = OPENSSH.matcher(this.visit.conversation().sshVersion());
		return version.matches()
				&& Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= 7003;
	}

	private void reconcile(String account) {
		Presence presence = this.observed.getOrDefault(account, Map.of())
			.values()
			.stream()
			.map(ObservedFile::presence)
			.filter((each) -> each == Presence.NO_ACCOUNT || each == Presence.NO_HOME
					|| each == Presence.SSH_NOT_A_FOLDER)
			.findFirst()
			.orElse(null);
		AccountMesh mesh = this.wanted.get(account);
		if (presence != null) {
			withoutFolder(account, presence, mesh);
			return;
		}
		try {
			if (mesh != null) {
				place(mesh);
			}
			removeUnwanted(account);
		}
		catch (Obstacle ex) {
			this.problems.put(account, ex.text());
		}
	}

	/** Where there is no folder, no file of Latchkey's is left. */
	private void withoutFolder(String account, Presence presence, @Nullable AccountMesh mesh) {
		if (mesh != null) {
			this.problems.put(account, this.tools.findings().of(presence, account, FOLDER));
		}
		else {
			forget(account, placed(account));
		}
	}

	private void place(AccountMesh mesh) {
		String account = mesh.account();
		Set<String> names = wantedNames(account);
		names.removeAll(placed(account));
		this.tools.intentions()
			.note(this.visit.node().id(),
					(batch) -> this.tools.keys().noteFiles(this.visit.node().id(), account, names));
		for (MeshPart part : mesh.parts()) {
			part.keyFiles().forEach((file) -> placeKey(account, part, file));
		}
		write(account, AccountMesh.KNOWN_HOSTS, mesh.knownHosts().getBytes(StandardCharsets.UTF_8));
		write(account, AccountMesh.CONFIG, mesh.config().getBytes(StandardCharsets.UTF_8));
		if (knowsInclude()) {
			include(account);
		}
		else {
			this.warnings.add(text("inter-node.no-include", account, this.visit.conversation().sshVersion()));
		}
	}

	private void placeKey(String account, MeshPart part, KeyFile file) {
		Pair pair = file.pair();
		if (file.isMadeOnNode()) {
			make(account, part, file);
		}
		else if (pair != null) {
			ObservedFile observed = observed(account, file.name());
			if (!pair.fileHash().equals(observed.hash()) || observed.altersWhenWritten()) {
				writeKey(account, file, pair);
			}
			write(account, file.publicName(),
					(pair.publicKey().render() + " latchkey cluster " + part.clusterName() + "\n")
						.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** A pair that is gone by now is not wanted either: the next run sees so. */
	private void writeKey(String account, KeyFile file, Pair pair) {
		Optional<byte[]> privateKey = this.tools.keys().privateKey(pair);
		if (privateKey.isPresent()) {
			try {
				put(account, file.name(), privateKey.get());
			}
			finally {
				Arrays.fill(privateKey.get(), (byte) 0);
			}
		}
	}

	private void make(String account, MeshPart part, KeyFile file) {
		ObservedFile privateHalf = observed(account, file.name());
		ObservedFile publicHalf = observed(account, file.publicName());
		boolean stands = privateHalf.presence() == Presence.FILE && publicHalf.presence() == Presence.FILE
				&& !privateHalf.altersWhenWritten();
		if (!stands) {
			require(account, file.name(), privateHalf);
			PairMaking made = this.visit.conversation().ask(new MakeKeyPair(account, path(account, file.name())));
			if (made instanceof PairMaking.Failed failed) {
				throw new Obstacle(text("inter-node.keypair", FOLDER + file.name(), failed.detail()));
			}
			this.written.add(account + ": " + FOLDER + file.name());
		}
		Pair known = file.pair();
		if (!stands || known == null || !known.fileHash().equals(publicHalf.hash())) {
			learn(account, part, file, known);
		}
	}

	private void learn(String account, MeshPart part, KeyFile file, @Nullable Pair known) {
		byte[] content = read(account, file.publicName());
		String hash = ContentHash.of(content);
		if (known != null && known.fileHash().equals(hash)) {
			return;
		}
		try {
			PublicKey key = PublicKeyText.parse(new String(content, StandardCharsets.UTF_8)).key();
			if (!"ssh-ed25519".equals(key.type()) || this.visit.ownKeys().contains(key.fingerprint())) {
				throw new Obstacle(text("inter-node.not-a-pair", FOLDER + file.publicName()));
			}
			this.learned.add(new InterNodeOutcome.Learned(part, file.generation().id(), key, hash));
		}
		catch (InvalidKeyException ex) {
			throw new Obstacle(text("inter-node.not-a-pair", FOLDER + file.publicName()));
		}
	}

	private void include(String account) {
		ObservedFile config = observed(account, USERS_CONFIG);
		if (config.presence() == Presence.SYMLINK || config.presence() == Presence.UNREADABLE
				|| config.presence() == Presence.TOO_LARGE) {
			this.warnings.add(text("inter-node.config", account));
			return;
		}
		noteWritten(account, USERS_CONFIG,
				new IncludingConfig(this.visit.conversation(), this.tools.findings(), account, USERS_CONFIG));
	}

	private void write(String account, String name, byte[] content) {
		ObservedFile file = observed(account, name);
		if (!ContentHash.of(content).equals(file.hash()) || file.altersWhenWritten()) {
			put(account, name, content);
		}
	}

	private void put(String account, String name, byte[] content) {
		noteWritten(account, name,
				new PlacedFile(this.visit.conversation(), this.tools.findings(), account, name, content));
	}

	private void noteWritten(String account, String name, FolderFile file) {
		if (file.run(observed(account, name))) {
			this.written.add(account + ": " + FOLDER + name);
		}
	}

	/** The lines first, then the keys that they name. */
	private void removeUnwanted(String account) {
		Set<String> wantedHere = wantedNames(account);
		placed(account).stream()
			.filter((name) -> !wantedHere.contains(name))
			.sorted(Comparator.comparing((String name) -> !USERS_CONFIG.equals(name))
				.thenComparing((name) -> !AccountMesh.CONFIG.equals(name)))
			.forEach((name) -> remove(account, name));
	}

	private void remove(String account, String name) {
		NodeConversation conversation = this.visit.conversation();
		RemovedFile file = USERS_CONFIG.equals(name)
				? new LeftConfig(conversation, this.tools.findings(), account, name)
				: new RemovedFile(conversation, this.tools.findings(), account, name);
		if (file.run(observed(account, name))) {
			this.removed.add(account + ": " + FOLDER + name);
		}
		forget(account, List.of(name));
	}

	private void forget(String account, List<String> names) {
		this.tools.intentions()
			.note(this.visit.node().id(),
					(batch) -> this.tools.keys().noteFilesGone(this.visit.node().id(), account, names));
	}

	private byte[] read(String account, String name) {
		try {
			return this.visit.conversation().ask(new ReadFile(account, path(account, name)));
		}
		catch (NodeException.FileUnreadable ex) {
			throw new Obstacle(this.tools.findings().of(ex, account, FOLDER + name));
		}
	}

	private void require(String account, String name, ObservedFile file) {
		if (file.presence() != Presence.FILE && file.presence() != Presence.ABSENT) {
			throw new Obstacle(this.tools.findings().of(file.presence(), account, FOLDER + name));
		}
	}

	private ObservedFile observed(String account, String name) {
		return Objects.requireNonNull(this.observed.getOrDefault(account, Map.of()).get(name));
	}

	private String path(String account, String name) {
		return Objects.requireNonNull(observed(account, name).path());
	}

	private String text(String code, Object... arguments) {
		return this.tools.findings().text(code, arguments);
	}

}
