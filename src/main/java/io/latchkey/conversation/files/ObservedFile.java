package io.latchkey.conversation.files;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * A file of an account as the node has it.
 *
 * @param account its name
 * @param path the file's absolute path; null when account or home are missing
 * @param presence what stands there
 * @param hash the SHA-256 of the contents in lower-case hex; null when there is no file
 * @param strictModesFault why sshd would not read it where {@code StrictModes} is on;
 * null when there is nothing to be read, or nothing wrong. Where there is no file yet, of
 * the folders that are there
 * @param altersWhenWritten whether a write gives the file another owner, mode or label
 */
@NamedInterface("files")
public record ObservedFile(String account, @Nullable String path, Presence presence, @Nullable String hash,
		@Nullable StrictModesFault strictModesFault, boolean altersWhenWritten) {

	public ObservedFile(String account, @Nullable String path, Presence presence, @Nullable String hash) {
		this(account, path, presence, hash, null, false);
	}

	ObservedFile with(@Nullable StrictModesFault fault) {
		return new ObservedFile(this.account, this.path, this.presence, this.hash, fault, this.altersWhenWritten);
	}

	ObservedFile alteredWhenWritten() {
		return new ObservedFile(this.account, this.path, this.presence, this.hash, this.strictModesFault, true);
	}

}
