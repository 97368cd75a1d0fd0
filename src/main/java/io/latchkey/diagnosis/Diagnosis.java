package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Why somebody cannot log in to an account of a node, as far as it was found out.
 *
 * @param identity whose keys were asked for; null where only the account was
 * @param looked whether the node let Latchkey in, and so could be asked
 * @param detail what kept it from being asked; null when nothing did
 * @param answer in one sentence
 * @param checks those that found something, the first cause first, and then the others
 * @param log the last lines in which sshd names the account or its home
 */
public record Diagnosis(String node, String account, @Nullable String identity, Instant at, boolean looked,
		@Nullable String detail, String answer, List<Result> checks, List<String> log) {

	public Diagnosis {
		checks = List.copyOf(checks);
		log = List.copyOf(log);
	}

	/** Whether something is known by which logins fail. */
	public boolean isExplained() {
		return this.checks.stream().anyMatch((check) -> check.status() == Status.PROBLEM);
	}

	/** Those that found something. */
	public List<Result> findings() {
		return this.checks.stream().filter((check) -> check.status().compareTo(Status.OK) < 0).toList();
	}

	/** What Latchkey would do about them, when it is told to. */
	public List<MendPlan> mends() {
		return this.checks.stream().flatMap((check) -> Stream.ofNullable(check.mend())).toList();
	}

	/** Those that did not. */
	public List<Result> others() {
		return this.checks.stream().filter((check) -> check.status().compareTo(Status.OK) >= 0).toList();
	}

	/** What came of a check. */
	public enum Status {

		/** Logins fail by it. */
		PROBLEM,
		/** They may. */
		WARNING,
		/** They do not. */
		OK,
		/** It is not known. */
		SKIPPED

	}

	/**
	 * What one check says.
	 *
	 * @param name what it looks at, for a person
	 * @param finding what follows from what was seen; null where it found nothing
	 * @param evidence the node's own words
	 * @param rule where it is written that it follows, such as a section of a man page
	 * @param remedy what to do about it
	 * @param mend what of that Latchkey would do when it is told to; null where it can do
	 * nothing
	 */
	public record Result(String id, String name, Status status, @Nullable String finding, List<Evidence> evidence,
			@Nullable String rule, @Nullable String remedy, @Nullable MendPlan mend) {

		public Result {
			evidence = List.copyOf(evidence);
		}

		Result(String id, String name, Status status, @Nullable String finding, List<Evidence> evidence,
				@Nullable String rule, @Nullable String remedy) {
			this(id, name, status, finding, evidence, rule, remedy, null);
		}

	}

	/**
	 * Words of the node's.
	 *
	 * @param file in which they stand, on the node; null where they stand in none
	 * @param line counts from 1
	 */
	public record Evidence(@Nullable String file, @Nullable Integer line, String text) {

	}

}
