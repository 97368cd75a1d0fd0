package io.latchkey.reconcile.converse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

/**
 * The files of one account, as observed.
 *
 * @param read those that sshd reads, in its order; Latchkey's lines go into the first
 * @param left those that it read before, or that hold lines of Latchkey's for another
 * reason
 * @param unanswered why it is not known which files sshd reads now, or null; those of
 * {@code read} are the ones that it read before
 * @param rules what sshd decides by
 * @param obstacle why logins fail whatever the key, or null
 */
public record AccountFiles(String account, List<ObservedFile> read, List<ObservedFile> left,
		@Nullable Unanswered unanswered, LoginRules rules, @Nullable LoginObstacle obstacle) {

	/** Stands for the hash where there is no file. */
	static final String NO_FILE = "-";

	/** Where Latchkey's lines go, or null when sshd reads none. */
	@Nullable ObservedFile first() {
		return this.read.isEmpty() ? null : this.read.get(0);
	}

	/** Where that is, or empty when that is not known. */
	String firstPath() {
		ObservedFile first = first();
		return (first != null && first.path() != null) ? first.path() : "";
	}

	/** What stands in all files that sshd reads, or null when that is not known. */
	@Nullable String hash() {
		List<@Nullable String> hashes = new ArrayList<>();
		for (ObservedFile file : this.read) {
			if (file.presence() == Presence.FILE && file.hash() == null) {
				return null;
			}
			hashes.add(file.hash());
		}
		return combined(hashes);
	}

	/**
	 * One hash for several files.
	 * @param hashes of each; null where there is no file
	 */
	static String combined(List<@Nullable String> hashes) {
		List<String> all = hashes.stream().map((hash) -> (hash != null) ? hash : NO_FILE).toList();
		return (all.size() == 1) ? all.get(0) : ContentHash.of(String.join("\n", all).getBytes(StandardCharsets.UTF_8));
	}

}
