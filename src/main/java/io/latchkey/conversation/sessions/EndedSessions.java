package io.latchkey.conversation.sessions;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * What became of the live sessions that were asked for.
 *
 * @param ended how many were ended, and are known to be gone
 * @param left how many sessions of the account were left alone, though they may be among
 * those asked for
 * @param obstacle why any was left, or null when none was
 * @param detail what was found of the obstacle, for a person
 */
@NamedInterface("sessions")
public record EndedSessions(SessionQuery query, int ended, int left, @Nullable Obstacle obstacle, String detail) {

	/** Why a session was left alone. */
	public enum Obstacle {

		/** sshd's LogLevel hides who was let in. */
		LOG_HIDDEN,
		/**
		 * sshd did not tell its LogLevel, so that its silence cannot be told from others'
		 * words.
		 */
		LOG_LEVEL_UNKNOWN,
		/** No log that could be read says by which key the session was opened. */
		LOG_SILENT,
		/** The log names several keys for the session: not all of it can be true. */
		LOG_CONTRADICTORY,
		/**
		 * Another SSH server than sshd serves the node, or sshd's processes cannot be
		 * seen: which sessions are open is not known.
		 */
		NO_SSHD,
		/** Its process did not end. */
		STAYS,
		/** The node could not be asked. */
		NOT_ASKED

	}

	/** Whether asking again may bring more. */
	public boolean isWorthAnotherTry() {
		return this.obstacle == Obstacle.STAYS || this.obstacle == Obstacle.NOT_ASKED;
	}

	static EndedSessions notAsked(SessionQuery query, String why) {
		return new EndedSessions(query, 0, 0, Obstacle.NOT_ASKED, why);
	}

}
