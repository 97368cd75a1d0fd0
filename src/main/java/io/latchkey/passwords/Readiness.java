package io.latchkey.passwords;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What would follow where a node no longer lets in by password, as far as it is known.
 *
 * @param at when the node was asked
 * @param file in which Latchkey decides; null when the node could not be asked
 * @param hash of that file; null when there is none
 * @param sshVersion of the node's banner
 */
public record Readiness(String node, Instant at, PasswordState state, List<Check> checks, @Nullable String file,
		@Nullable String hash, @Nullable String sshVersion) {

	public Readiness {
		checks = List.copyOf(checks);
	}

	/**
	 * One thing that was looked at.
	 *
	 * @param text for a person
	 * @param details whom or what it is about
	 */
	public record Check(Subject subject, Status status, String text, List<String> details) {

		public Check {
			details = List.copyOf(details);
		}

	}

	/** What is looked at. */
	public enum Subject {

		SSHD, CONFIGURATION, METHODS, TRIAL, MATCH, ACCOUNTS, LOGINS, ROOT_LOGIN, OWN_LOGIN, EMERGENCY_KEY

	}

	/** What it means for the switch. */
	public enum Status {

		OK,

		/** Somebody may be shut out. */
		WARNING,

		UNKNOWN,

		/** It cannot be switched. */
		BLOCKED

	}

	/** What stands in the way, for a person; nothing where it can be switched. */
	public List<String> obstacles() {
		return this.checks.stream().filter((check) -> check.status() == Status.BLOCKED).map(Check::text).toList();
	}

	/**
	 * Names what was found, so that nobody confirms what they have not seen. The same
	 * while the file and all that is not in order stay; who came by password alone may
	 * change, as people do.
	 */
	public String digest() {
		StringBuilder text = new StringBuilder(String.valueOf(this.hash));
		this.checks.stream()
			.filter((check) -> check.status() != Status.OK)
			.forEach((check) -> text.append('\n')
				.append(check.subject())
				.append(check.subject() == Subject.LOGINS ? check.status() : check.details()));
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
