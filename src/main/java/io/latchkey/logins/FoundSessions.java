package io.latchkey.logins;

import java.time.Instant;
import java.util.List;

/**
 * The sessions of an identity, or by a grant, that nodes serve at an instant.
 *
 * @param sessions the newest first
 * @param silent the nodes that did not tell all
 * @param untold the nodes with sessions of which no log tells whose they are
 * @param unasked how many more nodes they may be on
 */
public record FoundSessions(Instant at, List<Found> sessions, List<Silent> silent, List<Untold> untold, int unasked) {

	/** One of them, and where. */
	public record Found(String node, SessionsNow.Session session) {

	}

	/**
	 * A node that did not answer, or not of all.
	 *
	 * @param why for a person
	 */
	public record Silent(String node, String why) {

	}

	/**
	 * A node with sessions that may be theirs.
	 *
	 * @param sessions how many
	 */
	public record Untold(String node, int sessions) {

	}

}
