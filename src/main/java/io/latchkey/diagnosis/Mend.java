package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.core.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Something that was put right on a node.
 *
 * @param identity who could not log in; null where nobody was named
 * @param check that found what was wrong
 * @param finding what that was, in one sentence
 * @param by who confirmed it
 * @param detail why it is not as it should be; null where nothing is to be said
 */
public record Mend(long id, String account, @Nullable String identity, String check, String finding, State state,
		boolean asRoot, Instant at, String by, @Nullable String detail, @Nullable Undoing undone,
		List<MendStep> steps) {

	/** What became of it. */
	public enum State {

		/**
		 * Nobody has said how it ended: Latchkey or the way to the node broke off
		 * meanwhile.
		 */
		BEGUN,
		/** It is done. */
		MENDED,
		/** It could not be done, and all is as it was. */
		FAILED,
		/** It was undone. */
		UNDONE

	}

	/** When it was undone, and by whom. */
	public record Undoing(Instant at, String by) {

	}

	private static final Pattern ID = Pattern.compile("\\d{1,18}");

	public Mend {
		steps = List.copyOf(steps);
	}

	/**
	 * @throws NotFoundException when it cannot be one
	 */
	public static long parseId(String text) {
		if (!ID.matcher(text).matches()) {
			throw new NotFoundException("mend", text);
		}
		return Long.parseLong(text);
	}

	/**
	 * The same, as it ended.
	 * @param why it is not as it should be; null where nothing is to be said
	 */
	Mend ended(State state, @Nullable String why) {
		return new Mend(this.id, this.account, this.identity, this.check, this.finding, state, this.asRoot, this.at,
				this.by, why, this.undone, this.steps);
	}

	/** Whether there is something to undo. */
	public boolean isUndoable() {
		return this.state == State.MENDED || this.state == State.BEGUN;
	}

}
