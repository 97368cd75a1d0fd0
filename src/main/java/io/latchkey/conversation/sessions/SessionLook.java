package io.latchkey.conversation.sessions;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginLine;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions of an account, and what the logs say of them.
 *
 * <p>
 * What the journal knows to be root's is believed. So is the file that sshd writes
 * itself, where the last line about a connection counts, for it goes back further than
 * the session. To syslog anybody on the node may write: it is believed only where all of
 * it says the same, and not at all when sshd itself is silent or does not tell whether it
 * is.
 */
final class SessionLook {

	/** Where a line comes from. */
	enum Source {

		JOURNAL, SSHD, SYSLOG

	}

	private static final Set<String> HIDING = Set.of("QUIET", "FATAL", "ERROR");

	/** What the script says when sshd was asked and gave no answer. */
	private static final String UNKNOWN = "?";

	private static final int MOST_LINES = 1000;

	private final String account;

	private final ZoneOffset zone;

	private final List<LiveSession> sessions = new ArrayList<>();

	private final Map<Source, List<LoginLine>> lines = new EnumMap<>(Source.class);

	private String level = "-";

	private int syslogLines;

	SessionLook(String account, ZoneOffset zone) {
		this.account = account;
		this.zone = zone;
		for (Source source : Source.values()) {
			this.lines.put(source, new ArrayList<>());
		}
	}

	void add(LiveSession session) {
		this.sessions.add(session);
	}

	void logLevelIs(String level) {
		this.level = level;
	}

	void add(Source source, String line) {
		if (source == Source.SYSLOG) {
			this.syslogLines++;
		}
		LoginLine.parse(line)
			.filter((login) -> login.account().equals(this.account))
			.filter((login) -> (source == Source.SSHD) == (login.process() == null))
			.ifPresent(linesOf(source)::add);
	}

	List<LiveSession> sessions() {
		return this.sessions;
	}

	String logLevel() {
		return this.level;
	}

	/** Whether the session was opened with the key, as far as that is known. */
	Answer isOpenedWith(LiveSession session, Fingerprint key) {
		List<LoginLine> journal = about(session, Source.JOURNAL);
		if (!journal.isEmpty()) {
			return agreed(journal, key);
		}
		List<LoginLine> own = about(session, Source.SSHD);
		if (!own.isEmpty()) {
			return agreed(own.subList(own.size() - 1, own.size()), key);
		}
		if (HIDING.contains(this.level)) {
			return Answer.HIDDEN;
		}
		if (UNKNOWN.equals(this.level)) {
			return Answer.LEVEL_UNKNOWN;
		}
		if (this.syslogLines > MOST_LINES) {
			return Answer.CONTRADICTORY;
		}
		List<LoginLine> syslog = about(session, Source.SYSLOG);
		return syslog.isEmpty() ? Answer.SILENT : agreed(syslog, key);
	}

	/** With how it was opened, as far as the logs tell without contradiction. */
	OpenSession told(LiveSession session) {
		boolean proved = true;
		List<LoginLine> lines = about(session, Source.JOURNAL);
		if (lines.isEmpty()) {
			List<LoginLine> own = about(session, Source.SSHD);
			lines = own.subList(Math.max(0, own.size() - 1), own.size());
		}
		if (lines.isEmpty() && isSyslogToBeBelieved()) {
			proved = false;
			lines = about(session, Source.SYSLOG);
		}
		RemoteEnd remote = session.remote();
		return new OpenSession(this.account, session.process(), session.start(), session.since(),
				(remote != null) ? remote.address() : null, only(lines.stream().map(LoginLine::method)),
				Optional.ofNullable(only(lines.stream().map(LoginLine::key))).flatMap(Fingerprint::find).orElse(null),
				proved && !lines.isEmpty());
	}

	private boolean isSyslogToBeBelieved() {
		return !HIDING.contains(this.level) && !UNKNOWN.equals(this.level) && this.syslogLines <= MOST_LINES;
	}

	private static @Nullable String only(Stream<@Nullable String> values) {
		List<@Nullable String> different = values.filter(Objects::nonNull).distinct().toList();
		return (different.size() == 1) ? different.get(0) : null;
	}

	private List<LoginLine> about(LiveSession session, Source source) {
		return linesOf(source).stream().filter((line) -> session.isMeantBy(line, this.zone)).toList();
	}

	private List<LoginLine> linesOf(Source source) {
		return Objects.requireNonNull(this.lines.get(source));
	}

	private static Answer agreed(List<LoginLine> lines, Fingerprint key) {
		boolean named = lines.stream().anyMatch((line) -> line.isWith(key));
		Set<@Nullable String> keys = new HashSet<>();
		lines.stream().map(LoginLine::key).filter(Objects::nonNull).forEach(keys::add);
		if (!named) {
			return Answer.NO;
		}
		return (keys.size() == 1) ? Answer.YES : Answer.CONTRADICTORY;
	}

	/**
	 * What is known of a session and a key.
	 */
	enum Answer {

		YES, NO, HIDDEN, LEVEL_UNKNOWN, SILENT, CONTRADICTORY

	}

}
