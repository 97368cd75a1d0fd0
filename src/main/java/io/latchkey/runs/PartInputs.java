package io.latchkey.runs;

import java.util.Map;

/**
 * What the parts of a run have to know of one node.
 *
 * @param byPart by the names of those that have anything to do there
 */
public record PartInputs(Map<String, Object> byPart) {

	public static final PartInputs NONE = new PartInputs(Map.of());

}
