package io.latchkey.diagnosis.client;

import java.util.List;

/**
 * Something that a client said, by which a cause is known.
 *
 * @param group of causes, by which it is headed
 * @param code of its texts
 * @param arguments of them
 * @param lines the client's own words
 */
public record Sign(String group, String code, List<String> arguments, List<String> lines) {

	public Sign {
		arguments = List.copyOf(arguments);
		lines = List.copyOf(lines);
	}

}
