package io.latchkey.conversation;

import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.latchkey.conversation.changes.FileChange;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.SurveyFiles;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ReadServerLog;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.Bootstrap;
import io.latchkey.conversation.protocol.ContentRoom;
import io.latchkey.conversation.protocol.ConversationFailures;
import io.latchkey.conversation.protocol.Deadlines;
import io.latchkey.conversation.protocol.LearnWords;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.ObservedPaths;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.OpenSession;
import io.latchkey.conversation.sessions.OpenSessionsAnswer;
import io.latchkey.conversation.sessions.SessionChannel;
import io.latchkey.conversation.sessions.SessionEnd;
import io.latchkey.conversation.sessions.SessionEnder;
import io.latchkey.conversation.sessions.SessionQuery;
import io.latchkey.conversation.sessions.SessionReader;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.LoginTimes;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;

/**
 * A conversation with one verified node: one SSH connection, one {@code exec} channel,
 * the node-side script. For one thread at a time. Every method throws
 * {@link NodeException} when the conversation fails, and it is over then.
 */
public class NodeConversation implements AutoCloseable {

	private final SshConnection connection;

	private final ScriptChannel script;

	private final ConversationFailures failures;

	private final Login login;

	private final Exchanges exchanges;

	private final ContentRoom.Share room;

	private final Sights.OfNode sights;

	private final Peer peer;

	private final ObservedPaths observed = new ObservedPaths();

	/** What a glance has shown to be so, by account, and the script was not told yet. */
	private final Map<String, String> known = new HashMap<>();

	private final Set<NodeScript.Words> learned = EnumSet.noneOf(NodeScript.Words.class);

	private NodeConversation(SshConnection connection, Login login, Consumer<SshConnection> afterwards,
			ContentRoom.Share room, Sights.OfNode sights, Clock clock) throws IOException {
		this.connection = connection;
		this.failures = new ConversationFailures(connection.node(), login);
		this.peer = Peer.of(connection, login);
		this.script = ScriptChannel.open(connection, this.failures, this.peer, clock);
		this.login = login;
		this.exchanges = new Exchanges(connection, this.script, this.failures, room, afterwards);
		this.room = room;
		this.sights = sights;
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
			return new NodeConversation(connection, login, afterwards, room, sights, clock);
		}
		catch (IOException ex) {
			throw connection.noted(connection.broken(ex));
		}
	}

	/**
	 * Asks the node. What may fail with one file alone is part of the answer, or a
	 * {@link NodeException.FileUnreadable} after which the conversation goes on.
	 * @throws IllegalStateException when the conversation is over, or has not observed
	 * what is to be changed
	 */
	public <R> R ask(Request<R> request) {
		if (request instanceof FileChange<?> change) {
			this.observed.require(change.account(), change.path());
		}
		Optional<R> unasked = request.unasked(this.peer);
		if (unasked.isPresent()) {
			return unasked.get();
		}
		String text = known(request) + request.text(this.peer);
		request.words().stream().filter(this.learned::add).forEach((words) -> ask(new LearnWords(words)));
		return this.exchanges.run(() -> {
			this.script.say(text, request.content());
			return request.read(reply(this.script.greeted()));
		});
	}

	/** Once: what the script finds to be otherwise it looks up by itself. */
	private String known(Request<?> request) {
		return (request instanceof FileChange<?> change)
				? Objects.requireNonNullElse(this.known.remove(change.account()), "") : "";
	}

	private Reply reply(NodeFacts facts) {
		return new Reply(this.script.answers(), Deadlines.of(this.connection), this.room, this.observed, this.failures,
				this.peer, facts);
	}

	/**
	 * As {@link ObserveFiles} does; but where a glance shows that the files, their
	 * folders and what decides about logins have not been touched since they were read,
	 * that is what was read then. Not where something depends on it that an account's
	 * owner gains by hiding: a system need not note at once what is written into a mapped
	 * file.
	 */
	public Observation survey(List<FileQuery> queries) {
		return glance(queries).orElseGet(() -> look(queries));
	}

	private Observation look(List<FileQuery> queries) {
		long asked = this.sights.now();
		SurveyFiles.Surveyed surveyed = ask(new SurveyFiles(queries));
		surveyed.seen()
			.ifPresentOrElse((seen) -> this.sights.note(queries, seen, surveyed.observation(), asked),
					() -> this.sights.forget(queries));
		return surveyed.observation();
	}

	/** What was seen before, where it is seen to be the same. */
	private Optional<Observation> glance(List<FileQuery> queries) {
		Optional<Sights.Sight> before = this.script.isScripted() ? Optional.empty() : this.sights.find(queries);
		return before.flatMap((sight) -> {
			Optional<Observation> same = this.exchanges.run(() -> this.script.glance(sight));
			same.ifPresentOrElse((observation) -> {
				observation.accounts().forEach((file) -> this.observed.add(file.account(), file.path()));
				this.known.putAll(sight.seen().known());
			}, () -> this.sights.forget(queries));
			return same;
		});
	}

	/**
	 * Ends the live sessions that were opened with a key, over a channel of its own.
	 * Latchkey's own sessions are never among them, nor counted as left: the one by which
	 * it came, and the others that it has open to that machine.
	 * @return for each query what became of it, in their order
	 */
	public List<EndedSessions> endSessions(List<SessionQuery> queries) {
		return besides((sessions) -> queries.stream()
			.map((query) -> new SessionEnder(sessions, this.login, query).run())
			.toList());
	}

	/**
	 * The live sessions, over a channel of its own; at most 500, of at most 50 accounts.
	 * Latchkey's own are not among them.
	 */
	public OpenSessionsAnswer openSessions() {
		return besides((sessions) -> new SessionReader(sessions, this.login).read());
	}

	/**
	 * Ends one live session, where it is still that one and not Latchkey's own.
	 * @param process and start as {@link OpenSession} has them
	 */
	public SessionEnd endSession(String account, long process, long start) {
		NodeScript.requireAccount(account);
		return besides((sessions) -> new SessionReader(sessions, this.login).end(account, process, start));
	}

	private <T> T besides(Function<SessionChannel, T> talk) {
		this.exchanges.requireGoingOn();
		try (SessionChannel sessions = new SessionChannel(this.connection, this.login)) {
			return talk.apply(sessions);
		}
		catch (NodeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Reads what the node's SSH server logged since the last time, at most 1 MiB. Costs
	 * three programs where a glance was enough for all that was asked before. That it
	 * cannot be read is an answer.
	 */
	public ServerLog readLog(LogPosition from) {
		ReadServerLog request = ReadServerLog.from(from);
		if (!this.script.hasGlancedOnly()) {
			return ask(request);
		}
		return this.exchanges
			.run(() -> request.read(reply(this.script.sayBesides(Bootstrap.broughtLog(), request.position()))));
	}

	/** What the node said of itself; nothing before it was asked for anything. */
	public Optional<NodeFacts> facts() {
		return this.script.facts();
	}

	/**
	 * The one of Latchkey's own keys by which it was let in; nothing where it was not.
	 */
	public Optional<PublicKey> letInBy() {
		return Optional.ofNullable(this.connection.letInBy());
	}

	/** The software version of the node's banner, such as {@code OpenSSH_9.2p1}. */
	public String sshVersion() {
		return this.peer.sshVersion();
	}

	/** What its login took, or that a session was kept and there was none. */
	public LoginTimes loginTimes() {
		return this.connection.loginTimes();
	}

	/** Whether nothing more can be asked. */
	public boolean isOver() {
		return this.exchanges.areOver();
	}

	/** Ends it; the session of one that went well may be kept for another. */
	@Override
	public void close() {
		this.exchanges.end();
	}

}
