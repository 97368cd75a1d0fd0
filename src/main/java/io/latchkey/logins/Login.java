package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who came in or was refused, as the node's log tells; or several that are
 * counted together.
 *
 * @param id 0 until it is stored
 * @param at when, by Latchkey's clock; of several the last
 * @param since of several the first
 * @param node the name that it had
 * @param account null when there is none of the name that was given
 * @param method as in RFC 4252; null when the log does not name it
 * @param fingerprint of the key; null when there was none, or the log does not name it
 * @param standing null when they were refused
 * @param identity whose key it was at that instant, by name; of an inter-node key
 * {@code cluster:<name>} or {@code node:<name>}
 * @param grant the id of the grant that let them in
 * @param proved whether nobody but root can have written the line
 * @param fresh whether it was the first from that address of whose key it was
 */
public record Login(long id, Instant at, Instant since, int times, String node, @Nullable String account,
		Outcome outcome, @Nullable String method, String address, @Nullable String fingerprint,
		@Nullable Standing standing, @Nullable String identity, @Nullable Long grant, boolean proved, boolean fresh) {

	Login(long id, Instant at, Instant since, int times, String node, @Nullable String account, Outcome outcome,
			@Nullable String method, String address, @Nullable String fingerprint, @Nullable Standing standing,
			@Nullable String identity, @Nullable Long grant, boolean proved) {
		this(id, at, since, times, node, account, outcome, method, address, fingerprint, standing, identity, grant,
				proved, false);
	}

	/** What became of it. */
	public enum Outcome {

		ACCEPTED, REFUSED

	}

	/** Whether a key let in, also one that the log does not name. */
	public boolean isByKey() {
		return this.outcome == Outcome.ACCEPTED && (this.fingerprint != null || "publickey".equals(this.method));
	}

	/** The same, as the first from that address. */
	Login asFresh() {
		return new Login(this.id, this.at, this.since, this.times, this.node, this.account, this.outcome, this.method,
				this.address, this.fingerprint, this.standing, this.identity, this.grant, this.proved, true);
	}

	/** Whether several are counted together. */
	public boolean isTally() {
		return this.times > 1;
	}

}
