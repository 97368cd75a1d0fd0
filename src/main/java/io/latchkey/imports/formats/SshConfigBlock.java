package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.imports.formats.SshSettings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a client's configuration under one condition. What stands before the first
 * {@code Host} or {@code Match} is for all hosts.
 */
final class SshConfigBlock {

	private final int line;

	private final Condition condition;

	private final List<Setting> settings = new ArrayList<>();

	/** Whether a block is for a host. */
	enum Verdict {

		YES, NO,
		/** It depends on more than the file says. */
		UNKNOWN

	}

	/**
	 * What decides whether a block is for a host.
	 */
	interface Condition {

		/**
		 * @param name as it is given to {@code ssh}
		 * @param before what counts for it by then
		 * @param pass when it is asked
		 */
		Verdict isFor(String name, SshSettings before, Pass pass);

		/** The names that it names. */
		List<String> names();

		/** How many patterns have to be compared with each name; 0 for one that names. */
		int patterns();

	}

	/** A file is gone through again, for what counts at the end only. */
	enum Pass {

		FIRST, FINAL

	}

	SshConfigBlock(int line, @Nullable Condition condition) {
		this.line = line;
		this.condition = (condition != null) ? condition : new ForAll();
	}

	int line() {
		return this.line;
	}

	void add(Setting setting) {
		this.settings.add(setting);
	}

	List<Setting> settings() {
		return this.settings;
	}

	Condition condition() {
		return this.condition;
	}

	/**
	 * That of no line.
	 */
	private record ForAll() implements Condition {

		@Override
		public Verdict isFor(String name, SshSettings before, Pass pass) {
			return Verdict.YES;
		}

		@Override
		public List<String> names() {
			return List.of();
		}

		@Override
		public int patterns() {
			return 1;
		}

	}

}
