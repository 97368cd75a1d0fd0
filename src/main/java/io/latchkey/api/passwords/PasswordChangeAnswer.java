package io.latchkey.api.passwords;

import io.latchkey.passwords.PasswordChange;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change on one node of a cluster.
 */
record PasswordChangeAnswer(String node, boolean done, String state, @Nullable String detail) {

	static PasswordChangeAnswer of(PasswordChange change) {
		return new PasswordChangeAnswer(change.node(), change.done(), change.state().name(), change.detail());
	}

}
