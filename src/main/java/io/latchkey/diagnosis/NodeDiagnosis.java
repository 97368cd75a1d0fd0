package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What keeps people from logging in to a node, account by account.
 *
 * @param looked whether the node let Latchkey in, and so could be asked
 * @param detail what kept it from being asked; null when nothing did
 * @param accounts those that Latchkey serves there
 * @param left how many more there are, which were not looked at
 */
public record NodeDiagnosis(String node, Instant at, boolean looked, @Nullable String detail, List<Diagnosis> accounts,
		int left) {

	public NodeDiagnosis {
		accounts = List.copyOf(accounts);
	}

}
