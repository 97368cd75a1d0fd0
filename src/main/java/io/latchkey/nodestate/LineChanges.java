package io.latchkey.nodestate;

import java.util.List;

/**
 * The lines that were added and those that were removed.
 */
public record LineChanges(List<String> added, List<String> removed) {

	public static final LineChanges NONE = new LineChanges(List.of(), List.of());

	/** All of them together, in their order. */
	public static LineChanges of(List<LineChanges> all) {
		return new LineChanges(all.stream().flatMap((each) -> each.added.stream()).toList(),
				all.stream().flatMap((each) -> each.removed.stream()).toList());
	}

	public boolean isEmpty() {
		return this.added.isEmpty() && this.removed.isEmpty();
	}

}
