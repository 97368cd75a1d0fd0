package io.latchkey.passwords;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What would follow where a node no longer lets in by password, as far as it is known.
 *
 * @param at when the node was asked
 * @param file in which Latchkey decides; null when the node could not be asked
 * @param hash of that file; null when there is none
 * @param ours whether Latchkey has decided something in that file
 */
public record Readiness(String node, Instant at, PasswordState state, List<Check> checks, @Nullable String file,
		@Nullable String hash, boolean ours) {

	private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

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

		SSHD, CONFIGURATION, MANAGED, METHODS, TRIAL, MATCH, LET_IN, PAM, ROOT_LOGIN, OWN_LOGIN, ACCOUNTS, PROVED_KEYS,

		LOGINS, LOG, EMERGENCY_KEY

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

	/**
	 * What stands in the way of the end of passwords, for a person; nothing where they
	 * can be switched off.
	 */
	public List<String> obstacles() {
		return this.checks.stream().filter((check) -> check.status() == Status.BLOCKED).map(Check::text).toList();
	}

	/**
	 * The same, of that choice: what asks for a password is no obstacle to having them.
	 */
	List<String> obstaclesTo(PasswordChoice choice) {
		return this.checks.stream()
			.filter((check) -> check.status() == Status.BLOCKED
					&& (check.subject() != Subject.METHODS || choice.passwords() == PasswordChoice.Passwords.OFF))
			.map(Check::text)
			.toList();
	}

	/**
	 * Names what was found, so that nobody confirms what they have not seen. The same
	 * while the file and all that is not in order stay; what logs tell may change, as it
	 * does by itself, but for the first one that came by password.
	 */
	public String digest() {
		StringBuilder text = new StringBuilder(String.valueOf(this.hash));
		this.checks.stream()
			.filter((check) -> check.status() != Status.OK && !isOfLogs(check))
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

	/** Whether it can be one. */
	static boolean isDigest(String text) {
		return DIGEST.matcher(text).matches();
	}

	private static boolean isOfLogs(Check check) {
		return switch (check.subject()) {
			case LOG, PROVED_KEYS -> true;
			case LOGINS, EMERGENCY_KEY -> check.status() == Status.UNKNOWN;
			default -> false;
		};
	}

}
