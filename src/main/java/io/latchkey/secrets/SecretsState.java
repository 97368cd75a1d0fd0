package io.latchkey.secrets;

import java.time.Instant;
import java.util.List;

/**
 * How the secrets are sealed.
 *
 * @param outerKey the id of the current key outside the database
 * @param source where that comes from
 * @param fileChanging whether the file of the outer key is about to be another
 * @param dataKeys oldest first
 */
public record SecretsState(String outerKey, String source, boolean fileChanging, List<DataKey> dataKeys,
		List<Values> values) {

	/** How many values are not sealed under the current data key. */
	public long left() {
		return this.values.stream().mapToLong(Values::left).sum();
	}

	/** How many data keys a former outer key is still needed for. */
	public long wrappedElsewhere() {
		return this.dataKeys.stream().filter((key) -> !key.outerKey().equals(this.outerKey)).count();
	}

	/** Whether a rotation was begun that is not at its end. */
	public boolean isUnderWay() {
		return left() > 0 || this.fileChanging;
	}

	/**
	 * A data key.
	 */
	public record DataKey(String id, Instant madeAt, String outerKey, boolean current) {

	}

	/**
	 * The sealed values of one column.
	 *
	 * @param left those that are under a former data key
	 */
	public record Values(String column, long all, long left) {

	}

}
