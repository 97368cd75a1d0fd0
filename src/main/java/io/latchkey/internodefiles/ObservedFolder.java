package io.latchkey.internodefiles;

import java.util.Map;
import java.util.Objects;

import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the {@code ~/.ssh} of an account, as far as it was looked at.
 *
 * @param files by their names
 */
record ObservedFolder(Map<String, ObservedFile> files) {

	/** One of those that were looked at. */
	ObservedFile file(String name) {
		return Objects.requireNonNull(this.files.get(name));
	}

	/** Where it stands, or would stand. */
	String path(String name) {
		return Objects.requireNonNull(file(name).path());
	}

	/** Why there is no folder, or null where there is one or can be one. */
	@Nullable Presence missing() {
		return this.files.values()
			.stream()
			.map(ObservedFile::presence)
			.filter((each) -> each == Presence.NO_ACCOUNT || each == Presence.NO_HOME
					|| each == Presence.SSH_NOT_A_FOLDER)
			.findFirst()
			.orElse(null);
	}

}
