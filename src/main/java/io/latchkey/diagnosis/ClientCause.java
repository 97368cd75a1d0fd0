package io.latchkey.diagnosis;

import java.util.List;

import io.latchkey.diagnosis.client.Sign;

/**
 * A cause that a client's words tell.
 *
 * @param group by which it is headed
 * @param certain whether the login failed by it; else it may have
 * @param code of its texts: what happened, {@code .mend} and {@code .rule}
 * @param lines the client's own words
 */
record ClientCause(String group, boolean certain, String code, List<Object> arguments, List<String> lines) {

	ClientCause {
		arguments = List.copyOf(arguments);
		lines = List.copyOf(lines);
	}

	static ClientCause of(Sign sign, boolean certain) {
		return new ClientCause(sign.group(), certain, sign.code(), List.copyOf(sign.arguments()), sign.lines());
	}

	static ClientCause problem(String group, String code, List<String> lines, Object... arguments) {
		return new ClientCause(group, true, code, List.of(arguments), lines);
	}

	static ClientCause warning(String group, String code, List<String> lines, Object... arguments) {
		return new ClientCause(group, false, code, List.of(arguments), lines);
	}

}
