package io.latchkey.conversation.logs;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * What a node's SSH server logged since the last time.
 *
 * @param source who could have written it
 * @param lines in their order, as text that may hold anything
 * @param next from where on to read the next time
 * @param gap whether some lines before these are not known
 * @param failure why it could not be read; null when it could
 */
@NamedInterface("logs")
public record ServerLog(Source source, List<String> lines, LogPosition next, boolean gap, @Nullable String failure) {

	/** Where lines come from. */
	public enum Source {

		/** A journal, which knows that root wrote them. */
		JOURNAL,
		/** The file that sshd writes itself. */
		OWN,
		/** Syslog, to which anybody on the node may write. */
		SYSLOG

	}

	static ServerLog unreadable(LogPosition from, String why) {
		return new ServerLog(Source.SYSLOG, List.of(), from, false, why);
	}

}
