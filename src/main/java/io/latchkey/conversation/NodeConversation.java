package io.latchkey.conversation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

import io.latchkey.core.ShownDuration;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.ExecChannel;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.LoginTimes;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with one verified node: one SSH connection, one {@code exec} channel,
 * the node-side script. For one thread at a time. Every method throws
 * {@link NodeException} when the conversation fails, and it is over then.
 */
public class NodeConversation implements AutoCloseable {

	/** More accounts than any node has. */
	private static final int MOST_ACCOUNTS = 10_000;

	/** What a login shell may print before the script speaks. */
	private static final int MOST_NOISE = 64 * 1024;

	/** More than sshd includes files of its configuration. */
	private static final int MOST_CONFIGURATION_FILES = 10_000;

	/** And in characters of their paths. */
	private static final int MOST_CONFIGURATION = 1024 * 1024;

	private static final int MOST_HOST_KEYS = 20;

	private static final int CHUNK = 64 * 1024;

	private static final Duration EXIT_STATUS_WITHIN = Duration.ofSeconds(2);

	private static final Duration LONGEST_HOLD = Duration.ofHours(1);

	private static final byte[] NOTHING = new byte[0];

	private final SshConnection connection;

	private final ExecChannel channel;

	private final OutputStream out;

	private final Answers answers;

	private final ConversationFailures failures;

	private final Login login;

	private final Consumer<SshConnection> afterwards;

	private final ContentRoom.Share room;

	private final Sights.OfNode sights;

	private final Clock clock;

	private final Noise noise = new Noise(MOST_NOISE);

	private final Map<String, Set<String>> paths = new HashMap<>();

	/** When it was asked for its time. */
	private Instant begun;

	private @Nullable NodeFacts facts;

	private boolean spoken;

	private boolean heard;

	private boolean scripted;

	private boolean greeted;

	private boolean over;

	private final Set<NodeScript.Words> learned = EnumSet.noneOf(NodeScript.Words.class);

	private NodeConversation(SshConnection connection, ExecChannel channel, Login login,
			Consumer<SshConnection> afterwards, ContentRoom.Share room, Sights.OfNode sights, Clock clock) {
		this.connection = connection;
		this.channel = channel;
		this.out = channel.out();
		this.answers = new Answers(channel.in());
		this.failures = new ConversationFailures(connection.node());
		this.login = login;
		this.afterwards = afterwards;
		this.room = room;
		this.sights = sights;
		this.clock = clock;
		this.begun = clock.instant();
	}

	/**
	 * Starts the shell that takes the script, and does not wait for it.
	 * @param afterwards what is done with the connection of a conversation that went well
	 * @param room for the contents that it reads
	 * @param sights what was seen of the node before
	 */
	static NodeConversation begin(SshConnection connection, Login login, Consumer<SshConnection> afterwards,
			ContentRoom.Share room, Sights.OfNode sights, Clock clock) {
		try {
			ExecChannel channel = connection.exec(NodeScript.command(login.privilege()));
			return new NodeConversation(connection, channel, login, afterwards, room, sights, clock);
		}
		catch (IOException ex) {
			throw connection.noted(connection.broken(ex));
		}
	}

	/** Reads what the accounts' files hash to; contents do not come along. */
	public Observation observe(List<FileQuery> accounts) {
		return observe("observe", accounts, new Seen.Collector());
	}

	/**
	 * The same; but where a glance shows that the files, their folders and what decides
	 * about logins have not been touched since they were read, that is what was read
	 * then. Not where something depends on it that an account's owner gains by hiding: a
	 * system need not note at once what is written into a mapped file.
	 */
	public Observation survey(List<FileQuery> accounts) {
		return glance(accounts).orElseGet(() -> look(accounts));
	}

	private Observation look(List<FileQuery> accounts) {
		long asked = this.sights.now();
		Seen.Collector collector = new Seen.Collector();
		Observation observation = observe("survey", accounts, collector);
		collector.seen()
			.ifPresentOrElse((seen) -> this.sights.note(accounts, seen, observation, asked),
					() -> this.sights.forget(accounts));
		return observation;
	}

	/** What was seen before, where it is seen to be the same. */
	private Optional<Observation> glance(List<FileQuery> accounts) {
		Optional<Sights.Sight> before = this.scripted ? Optional.empty() : this.sights.find(accounts);
		return before.flatMap((sight) -> {
			Optional<Observation> same = glance(sight);
			this.facts = same.map(Observation::facts).orElse(null);
			same.ifPresentOrElse((observation) -> observation.accounts().forEach(this::rememberPath),
					() -> this.sights.forget(accounts));
			return same;
		});
	}

	private Optional<Observation> glance(Sights.Sight sight) {
		return talk(() -> {
			Instant asked = this.clock.instant();
			greet();
			send(sight.seen().request().getBytes(StandardCharsets.UTF_8));
			List<String> said = said(sight.seen().lines());
			return sight.unlessChanged(said, asked, this.clock.instant(), sshVersion());
		});
	}

	/** The answer to a glance, with its first line but without the last. */
	private List<String> said(int most) throws IOException {
		List<String> said = new ArrayList<>();
		int length = 0;
		String line = this.heard ? this.answers.line() : this.answers.lineFrom(Seen.WORDS, this.noise);
		this.heard = true;
		while (!Seen.LAST.equals(line)) {
			requireAtMost(most, said.size());
			length += line.length();
			if (length > Seen.MOST_TOLD) {
				throw new GrammarViolation("an answer of at most %d characters was expected".formatted(Seen.MOST_TOLD));
			}
			said.add(line);
			line = this.answers.line();
		}
		return said;
	}

	private Observation observe(String word, List<FileQuery> accounts, Seen.Collector collector) {
		List<FileQuery> asked = accounts.stream().filter((query) -> isReached(query.account())).toList();
		requireNotTooMany(asked);
		if (asked.stream().anyMatch(FileQuery::glob)) {
			learn(NodeScript.Words.SELDOM);
		}
		StringBuilder request = new StringBuilder("%s %d\n".formatted(word, asked.size()));
		asked.forEach((query) -> request.append(query.request()));
		return ask(request.toString(), NOTHING, (facts) -> {
			List<ObservedFile> observed = new ArrayList<>();
			for (FileQuery query : accounts) {
				if (!isReached(query.account())) {
					observed.add(new ObservedFile(query.account(), null, Presence.UNREADABLE, null));
					continue;
				}
				int files = query.glob() ? Grammar.matches(query.account(), this.answers.line()) : 1;
				for (int i = 0; i < files; i++) {
					observed.add(observed(query.account()));
				}
			}
			String sshdConfig = faultsAndConfig(observed, collector);
			observed.forEach(this::rememberPath);
			return new Observation(facts, observed, sshdConfig);
		});
	}

	/**
	 * Reads an account's file, with the account's own rights. A file that changes
	 * meanwhile may come torn; its {@link ContentHash} is not the observed one then.
	 * @param path as observed
	 * @throws NodeException.FileUnreadable when it cannot be read; the conversation goes
	 * on
	 */
	public byte[] read(String account, String path) {
		NodeScript.requirePath(path);
		return ask("read %s %s\n".formatted(NodeScript.accountWord(account), path), NOTHING, (facts) -> {
			String answer = this.answers.line();
			Matcher failed = Grammar.FAILED.matcher(answer);
			if (failed.matches()) {
				throw this.failures.fileUnreadable(account, path, failed.group(1), failed.group(2));
			}
			int size = Grammar.contentSize(answer);
			this.connection.expectNothing();
			boolean fits = this.room.takesBytes(size);
			this.connection.expectAnswer();
			if (!fits) {
				this.answers.skip(size, this.connection::expectAnswer);
				throw this.failures.fileUnreadable(account, path, "too-much-at-once", "%d bytes".formatted(size));
			}
			byte[] content = this.answers.bytes(size, this.connection::expectAnswer);
			if (!this.room.takesLines(content)) {
				throw this.failures.fileUnreadable(account, path, "too-many-lines", "%d bytes".formatted(size));
			}
			return content;
		});
	}

	/**
	 * Asks sshd itself which files it reads for these accounts and what it makes of
	 * logins there, and the node which of them cannot log in all the same. Where there is
	 * nobody to ask (not as root, or another server than OpenSSH's), sshd's default is
	 * assumed; where there is and it does not answer, that is said. Costs the node some
	 * milliseconds: {@link Observation#sshdConfig()} tells when it is worth asking again.
	 */
	public KeyFiles keyFiles(List<String> accounts) {
		requireNotTooMany(accounts);
		learn(NodeScript.Words.ASK_SSHD);
		StringBuilder request = new StringBuilder("files %d\n".formatted(accounts.size()));
		accounts.forEach((account) -> request.append("account %s\n".formatted(NodeScript.accountWord(account))));
		return ask(request.toString(), NOTHING, (facts) -> {
			KeyFiles files = new KeyFilesAnswer(() -> {
				this.connection.expectAnswer();
				return this.answers.line();
			}).read(accounts);
			return mustKnow(files) ? notFound(accounts, files) : files;
		});
	}

	/**
	 * Asks what may keep logins as an account from working. What the account controls is
	 * looked at with its own rights.
	 * @param path of the file of keys that sshd reads for it, as far as it is known
	 */
	public AccountExamination examine(String account, String path) {
		learn(NodeScript.Words.ASK_SSHD);
		learn(NodeScript.Words.DOCTOR);
		return ask(ExaminationAnswer.request(account, path), NOTHING, (facts) -> new ExaminationAnswer().read(() -> {
			this.connection.expectAnswer();
			return this.answers.line();
		}));
	}

	/**
	 * Asks which accounts could log in; not with the rights of one account alone.
	 * @param most how many are to be named, up to 1,000
	 */
	public LoginAccounts logins(int most) {
		learn(NodeScript.Words.ASK_SSHD);
		return ask("logins %d\n".formatted(most), NOTHING, (facts) -> {
			List<String> names = new ArrayList<>();
			String line = this.answers.line();
			while (Grammar.isLogin(line)) {
				if (names.size() == most) {
					throw new GrammarViolation("no more than %d accounts were expected".formatted(most));
				}
				names.add(Grammar.login(line));
				line = this.answers.line();
			}
			int left = Grammar.loginsLeft(line);
			return new LoginAccounts(names, Math.max(left, 0), left >= 0);
		});
	}

	/**
	 * Asks which accounts there are, whether or not they could log in; not with the
	 * rights of one account alone.
	 * @param most how many are to be named: with more, they are not known as a whole
	 */
	public AllAccounts accounts(int most) {
		learn(NodeScript.Words.ASK_SSHD);
		return ask("accounts %d\n".formatted(most), NOTHING, (facts) -> {
			List<String> names = new ArrayList<>();
			String line = this.answers.line();
			while (Grammar.isName(line)) {
				if (names.size() == most) {
					throw new GrammarViolation("no more than %d accounts were expected".formatted(most));
				}
				names.add(Grammar.name(line));
				line = this.answers.line();
			}
			return new AllAccounts(names, Grammar.areWhole(line));
		});
	}

	/** An sshd that cannot be found can read any file. */
	private boolean mustKnow(KeyFiles files) {
		return files.rules().isEmpty() && !files.patterns().isEmpty() && this.login.privilege() != Privilege.SELF
				&& sshVersion().startsWith("OpenSSH_");
	}

	private KeyFiles notFound(List<String> accounts, KeyFiles files) {
		Map<String, Unanswered> unanswered = new HashMap<>();
		accounts.forEach((account) -> unanswered.put(account, new Unanswered(Unanswered.Reason.NO_SSHD, sshVersion())));
		return new KeyFiles(Map.of(), unanswered, Map.of(), files.strictModes(), files.obstacles());
	}

	/**
	 * Replaces an account's file, with the account's own rights.
	 * @param path one that this conversation observed for the account
	 * @param expectedHash the hash of what is to be replaced; null when nothing stands
	 * there
	 * @throws IllegalStateException when the path was not observed for the account
	 */
	public WriteResult write(String account, String path, @Nullable String expectedHash, byte[] content) {
		return put("write", null, account, path, expectedHash, content);
	}

	/**
	 * Replaces an account's file as {@link #write} does; the node keeps the old one and
	 * puts it back by itself, with owner, mode and label as they were, unless the change
	 * is confirmed in time. It does so also when this conversation, its connection or
	 * Latchkey die. It does not when the file is another by then than the one written
	 * here, or was written again by Latchkey.
	 * @param path one that this conversation observed for the account
	 * @param expectedHash the hash of what is to be replaced; null when nothing stands
	 * there
	 * @param within how long the node waits for the confirmation, from 1 s to 1 h
	 * @return {@link WriteResult.Held}, {@link WriteResult.Changed} or
	 * {@link WriteResult.Failed}
	 * @throws IllegalStateException when the path was not observed for the account
	 */
	public WriteResult hold(String account, String path, @Nullable String expectedHash, byte[] content,
			Duration within) {
		if (within.compareTo(LONGEST_HOLD) > 0 || within.toSeconds() < 1) {
			throw new IllegalArgumentException("A hold lasts from 1 s to %s, not %s".formatted(LONGEST_HOLD, within));
		}
		String token = RandomToken.next();
		return put("hold %s %d".formatted(token, within.toSeconds()), token, account, path, expectedHash, content);
	}

	/**
	 * Ends a hold: the new file stays. To be said in a fresh login, which proves that the
	 * new file lets Latchkey in. The account needs not to be observed before.
	 * @param token of {@link WriteResult.Held}
	 */
	public Confirmation confirm(String account, String path, String token) {
		String request = "confirm %s %s %s\n".formatted(NodeScript.requireToken(token), NodeScript.accountWord(account),
				NodeScript.requirePath(path));
		return ask(request, NOTHING, (facts) -> Grammar.confirmation(this.answers.line()));
	}

	/**
	 * Removes an account's file, with the account's own rights.
	 * @param path one that this conversation observed for the account
	 * @param expectedHash the hash of what is to be removed
	 * @throws IllegalStateException when the path was not observed for the account
	 */
	public Removal remove(String account, String path, String expectedHash) {
		requireObserved(account, path);
		learn(NodeScript.Words.SELDOM);
		String request = "remove %s %s %s\n".formatted(NodeScript.accountWord(account),
				NodeScript.requireHash(expectedHash), path);
		return ask(request, NOTHING, (facts) -> Grammar.removal(this.answers.line()));
	}

	/**
	 * Has a key pair (Ed25519, without a passphrase) made on the node, with the account's
	 * own rights. Its private half stays there, only for the account; its public half
	 * stands beside it in a file whose name ends with {@code .pub}. A pair that is there
	 * already stays, and gets its public half back where that is missing.
	 * @param path one that this conversation observed for the account
	 * @throws IllegalStateException when the path was not observed for the account
	 */
	public PairMaking makePair(String account, String path) {
		requireObserved(account, path);
		learn(NodeScript.Words.SELDOM);
		return ask("keypair %s %s\n".formatted(NodeScript.accountWord(account), path), NOTHING,
				(facts) -> Grammar.pairMaking(this.answers.line()));
	}

	/**
	 * Logs in from the node to others, as an account of the node does by its own
	 * {@code ssh}, without a question.
	 * @param hosts names of at most 200 hosts as the account would write them
	 * @return for each host that was tried, what {@code ssh} said; empty where it was let
	 * in
	 */
	public Map<String, String> reach(String account, List<String> hosts) {
		learn(NodeScript.Words.SELDOM);
		StringBuilder request = new StringBuilder(
				"reach %s %d\n".formatted(NodeScript.accountWord(account), hosts.size()));
		hosts.forEach((host) -> request.append("host %s\n".formatted(NodeScript.requireHost(host))));
		return ask(request.toString(), NOTHING, (facts) -> {
			Map<String, String> said = new LinkedHashMap<>();
			String line = this.answers.line();
			for (int lines = 0; !"tried".equals(line); lines++) {
				requireAtMost(hosts.size(), lines);
				Grammar.Reached reached = Grammar.reached(line, hosts.size());
				said.put(hosts.get(reached.index()), reached.said());
				this.connection.expectAnswer();
				line = this.answers.line();
			}
			return said;
		});
	}

	/**
	 * Has the node name the host keys of its sshd and prove that it has them; that costs
	 * it some milliseconds for each. Names none where they cannot be known: not as root,
	 * or another server than OpenSSH's. Proves none where {@code ssh-keygen} is older
	 * than OpenSSH 8.1. An account that is not root is not asked: it has keys of its own,
	 * and could prove to have those.
	 */
	public VouchedHostKeys vouch() {
		PublicKey shown = this.connection.hostKey();
		if (this.login.privilege() == Privilege.SELF) {
			return new VouchedHostKeys(shown, List.of(), List.of());
		}
		learn(NodeScript.Words.ASK_SSHD);
		String token = RandomToken.next();
		return ask("vouch %s\n".formatted(token), NOTHING, (facts) -> {
			List<PublicKey> named = new ArrayList<>();
			List<PublicKey> proved = new ArrayList<>();
			String line = this.answers.line();
			for (int lines = 0; !"vouched".equals(line); lines++) {
				requireAtMost(MOST_HOST_KEYS, lines);
				Grammar.NamedHostKey key = Grammar.namedHostKey(line);
				named.addAll(key.key().stream().toList());
				proved.addAll(key.key()
					.filter((each) -> HostKeyProof.holds(each, key.proof(), HostKeyProof.VOUCHING, token))
					.stream()
					.toList());
				this.connection.expectAnswer();
				line = this.answers.line();
			}
			return new VouchedHostKeys(shown, named, proved);
		});
	}

	/**
	 * Ends the live sessions that were opened with a key, over a channel of its own.
	 * Latchkey's own sessions are never among them, nor counted as left: the one by which
	 * it came, and the others that it has open to that machine.
	 * @return for each query what became of it, in their order
	 */
	public List<EndedSessions> endSessions(List<SessionQuery> queries) {
		if (this.over) {
			throw new IllegalStateException("The conversation is over");
		}
		try (SessionChannel sessions = new SessionChannel(this.connection, this.login)) {
			return queries.stream().map((query) -> new SessionEnder(sessions, this.login, query).run()).toList();
		}
		catch (NodeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * The signature algorithms that sshd accepts from an account's keys, as far as it
	 * says so: itself, where the login may ask it for its configuration, and else in the
	 * handshake.
	 * @return none when nothing is known
	 */
	public Set<String> acceptedSignatures(String account) {
		learn(NodeScript.Words.ASK_SSHD);
		Set<String> configured = ask("accepts %s\n".formatted(NodeScript.accountWord(account)), NOTHING,
				(facts) -> Grammar.accepted(this.answers.line()));
		return configured.isEmpty() ? this.connection.signatures() : configured;
	}

	/**
	 * The one of Latchkey's own keys by which it was let in; nothing where it was not.
	 */
	public Optional<PublicKey> letInBy() {
		return Optional.ofNullable(this.connection.letInBy());
	}

	/** The software version of the node's banner, such as {@code OpenSSH_9.2p1}. */
	public String sshVersion() {
		return this.connection.sshVersion();
	}

	/** What its login took, or that a session was kept and there was none. */
	public LoginTimes loginTimes() {
		return this.connection.loginTimes();
	}

	/** Ends it; the session of one that went well may be kept for another. */
	@Override
	public void close() {
		if (this.over) {
			return;
		}
		this.over = true;
		this.room.close();
		this.connection.expectAnswer();
		this.channel.close();
		if (this.facts != null && this.connection.isUp()) {
			this.afterwards.accept(this.connection);
		}
		else {
			this.connection.close();
		}
	}

	private NodeException breakOff(NodeException failure) {
		this.over = true;
		this.room.close();
		this.connection.close();
		return this.connection.noted(failure);
	}

	/** Under {@link Privilege#SELF} the login's own account alone. */
	private boolean isReached(String account) {
		return this.login.privilege() != Privilege.SELF || account.equals(this.login.account());
	}

	private ObservedFile observed(String account) throws IOException {
		// one account's file may have held up the node for a while
		this.connection.expectAnswer();
		return Grammar.observedAccount(account, this.answers.line());
	}

	private void rememberPath(ObservedFile account) {
		if (account.path() != null) {
			this.paths.computeIfAbsent(account.account(), (name) -> new HashSet<>()).add(account.path());
		}
	}

	/**
	 * The lines after the accounts.
	 * @return a digest of sshd's configuration files; null when there is none to be read
	 */
	private @Nullable String faultsAndConfig(List<ObservedFile> observed, Seen.Collector collector) throws IOException {
		List<Integer> reached = IntStream.range(0, observed.size())
			.filter((index) -> isReached(observed.get(index).account()))
			.boxed()
			.toList();
		StringBuilder config = new StringBuilder();
		String line = this.answers.line();
		for (int lines = 0; !Grammar.isObserved(line); lines++) {
			if (collector.take(line)) {
				lines--;
				line = this.answers.line();
				continue;
			}
			requireAtMost(MOST_CONFIGURATION_FILES + 2 * reached.size(), lines);
			if (Grammar.isConfig(line)) {
				config.append(line).append(mayDiffer(line) ? RandomToken.next() : "").append('\n');
				if (config.length() > MOST_CONFIGURATION) {
					throw new GrammarViolation("sshd's configuration has no end");
				}
			}
			else if (Grammar.isAlters(line)) {
				int index = reached.get(Grammar.alters(line, reached.size()));
				observed.set(index, observed.get(index).alteredWhenWritten());
			}
			else {
				Grammar.Fault fault = Grammar.fault(line, reached.size());
				int index = reached.get(fault.index());
				observed.set(index, observed.get(index).with(fault.what()));
			}
			line = this.answers.line();
		}
		return config.isEmpty() ? null : ContentHash.of(config.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** What cannot be told is never taken for what it was; who is not root cannot ask. */
	private boolean mayDiffer(String config) {
		return this.login.privilege() != Privilege.SELF && Grammar.isUnknownConfig(config);
	}

	private WriteResult put(String request, @Nullable String token, String account, String path,
			@Nullable String expectedHash, byte[] content) {
		requireObserved(account, path);
		if (content.length > NodeScript.CONTENT_LIMIT) {
			return new WriteResult.Failed("too-large", content.length + " bytes");
		}
		String expected = (expectedHash != null) ? NodeScript.requireHash(expectedHash) : "-";
		String line = "%s %s %s %d %s\n".formatted(request, NodeScript.accountWord(account), expected, content.length,
				path);
		return ask(line, content, (facts) -> Grammar.writeResult(this.answers.line(), ContentHash.of(content), token));
	}

	/** Sends further words of the script, once. */
	private void learn(NodeScript.Words words) {
		if (!this.learned.add(words)) {
			return;
		}
		byte[] text = words.text();
		ask("learn %d\n".formatted(text.length), text, (facts) -> {
			String line = this.answers.line();
			if (!"learned".equals(line)) {
				throw new GrammarViolation("'learned' was expected", line);
			}
			return line;
		});
	}

	/** No answer has more lines than were asked for. */
	private static void requireAtMost(int most, int lines) {
		if (lines >= most) {
			throw new GrammarViolation("an answer of at most %d lines was expected".formatted(most));
		}
	}

	private static void requireNotTooMany(List<?> accounts) {
		if (accounts.size() > MOST_ACCOUNTS) {
			throw new IllegalArgumentException("More than %d accounts".formatted(MOST_ACCOUNTS));
		}
	}

	private void requireObserved(String account, String path) {
		if (!this.paths.getOrDefault(account, Set.of()).contains(path)) {
			throw new IllegalStateException("Not observed for %s: %s".formatted(account, path));
		}
	}

	/** The script comes along with the first request that needs it. */
	private <T> T ask(String request, byte[] content, Answer<T> answer) {
		return talk(() -> {
			if (!this.scripted) {
				this.scripted = true;
				this.begun = this.clock.instant();
				greet();
				send(NodeScript.brought(this.facts != null));
			}
			send(request.getBytes(StandardCharsets.UTF_8));
			send(content);
			return answer.read(greeted());
		});
	}

	private void greet() throws IOException {
		if (!this.spoken) {
			this.spoken = true;
			send(NodeScript.SIGN.getBytes(StandardCharsets.US_ASCII));
		}
	}

	private <T> T talk(Exchange<T> exchange) {
		if (this.over) {
			throw new IllegalStateException("The conversation is over");
		}
		try {
			this.connection.expectAnswer();
			T said = exchange.say();
			this.connection.expectNothing();
			return said;
		}
		catch (NodeException.FileUnreadable ex) {
			this.connection.expectNothing();
			throw ex;
		}
		catch (GrammarViolation ex) {
			throw breakOff(this.failures.unreadable(ex.fault()));
		}
		catch (Noise.TooMuch ex) {
			throw breakOff(this.failures.noise(this.login, this.noise.beginning(),
					"has no end of it after %d bytes".formatted(MOST_NOISE), ex));
		}
		catch (NodeException ex) {
			throw breakOff(ex);
		}
		catch (IOException ex) {
			throw breakOff(ended(ex));
		}
	}

	private void send(byte[] bytes) throws IOException {
		for (int sent = 0; sent < bytes.length; sent += CHUNK) {
			this.out.write(bytes, sent, Math.min(CHUNK, bytes.length - sent));
			this.out.flush();
			this.connection.expectAnswer();
		}
	}

	/** What the script says of itself, after whatever the login shell had to say. */
	private NodeFacts greeted() throws IOException {
		if (!this.greeted) {
			Greeting greeting = Greeting.parse(this.answers.lineFrom(Greeting.WORDS, this.noise));
			if (greeting.uid() != 0 && this.login.privilege() != Privilege.SELF) {
				throw this.failures.notRoot(greeting.uid());
			}
			if (greeting.hasNoHasher()) {
				throw this.failures.noHasher();
			}
			this.greeted = true;
			if (this.facts == null) {
				this.facts = greeting.facts(this.begun, this.clock.instant(), sshVersion());
			}
		}
		return Objects.requireNonNull(this.facts);
	}

	/** Why the answers ended. */
	private NodeException ended(IOException ex) {
		boolean closed = this.connection.isUp() && this.channel.awaitClose(EXIT_STATUS_WITHIN);
		int exitStatus = this.channel.exitStatus();
		if (exitStatus < 0 && (!closed || !this.connection.isUp())) {
			boolean silent = this.facts != null || !this.noise.isHeard() || !this.connection.isOverdue();
			return silent ? this.connection.broken(ex) : this.failures.noise(this.login, this.noise.beginning(),
					"the script was not heard of within " + ShownDuration.of(this.connection.answerTimeout()), ex);
		}
		if (this.facts == null) {
			return this.failures.noGreeting(this.login, exitStatus, this.noise.beginning(), this.channel.errorLine());
		}
		return this.failures.scriptFailed(exitStatus, this.channel.errorLine());
	}

	/**
	 * Says something and reads what follows.
	 */
	@FunctionalInterface
	private interface Exchange<T> {

		T say() throws IOException;

	}

	/**
	 * Reads what follows a request.
	 */
	@FunctionalInterface
	private interface Answer<T> {

		T read(NodeFacts facts) throws IOException;

	}

}
