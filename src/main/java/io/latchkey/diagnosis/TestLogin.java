package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What a person should expect of a login to one account, as the node says now.
 *
 * @param files those that sshd reads for the account, in its order
 * @param obstacles why logins fail whatever the key, for a person
 * @param ssh what is to be typed on the own machine
 * @param keys those that were asked for
 */
public record TestLogin(String node, String account, Instant at, Look look, List<String> files, List<String> obstacles,
		Ssh ssh, List<Key> keys) {

	/**
	 * Whether Latchkey could look.
	 *
	 * @param loggedIn whether Latchkey itself was let in, and so could look
	 * @param detail what kept it from looking, for a person; null when nothing did
	 */
	public record Look(boolean loggedIn, @Nullable String detail, @Nullable String sshVersion) {

	}

	/**
	 * How the login is tried by hand.
	 *
	 * @param command to be typed
	 * @param configuration the lines of ~/.ssh/config with which a newer client of
	 * OpenSSH takes the account, and the address alone is its destination; empty mostly
	 */
	public record Ssh(String command, List<String> configuration) {

	}

	/**
	 * What becomes of a login with one key.
	 *
	 * @param identity whose it is, when known
	 * @param accepted whether sshd takes it, from where its line allows
	 * @param detail why not, or what limits it; null when there is nothing to say
	 * @param lines those that may decide, in sshd's order: the first that the client's
	 * address fits, which is the last at the latest
	 * @param grants those of its identity that reach the account and have not ended
	 */
	public record Key(Fingerprint fingerprint, String algorithm, @Nullable String identity, boolean accepted,
			@Nullable String detail, List<Line> lines, List<Grant> grants) {

	}

	/**
	 * A line that lets a key in.
	 *
	 * @param number counts from 1
	 * @param options as they stand in the file; empty when there are none
	 * @param until after when sshd refuses it by itself; null when it does not
	 */
	public record Line(String file, int number, String options, @Nullable Instant until) {

	}

	/** From when to when access was given. */
	public record Grant(long id, Instant startsAt, @Nullable Instant expiresAt) {

	}

}
