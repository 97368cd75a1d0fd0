package io.latchkey.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The conditions of a query, each of which holds only where somebody asked for it. */
public final class Conditions {

	private final List<String> texts = new ArrayList<>();

	private final Map<String, Object> parameters = new HashMap<>();

	/**
	 * Takes one up, unless its value is null.
	 * @param name of the parameter in the condition
	 */
	public Conditions and(String condition, String name, @Nullable Object value) {
		if (value != null) {
			this.texts.add(condition);
		}
		return with(name, value);
	}

	/** The value of a further parameter, unless it is null. */
	public Conditions with(String name, @Nullable Object value) {
		if (value != null) {
			this.parameters.put(name, value);
		}
		return this;
	}

	/** As they stand in the query: nothing, or with the word {@code where}. */
	public String where() {
		return this.texts.isEmpty() ? "" : " where " + String.join(" and ", this.texts);
	}

	public Map<String, Object> parameters() {
		return Map.copyOf(this.parameters);
	}

}
