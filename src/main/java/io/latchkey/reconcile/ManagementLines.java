package io.latchkey.reconcile;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;

/**
 * With what Latchkey itself logs in, and how the lines that let it in are told.
 *
 * @param keys the one that the node is to know first, and where the node still has to
 * move to it, those that may let Latchkey in until then
 * @param all whatever key is Latchkey's own, of any kind
 * @param line for the first, as it is put into a file
 */
record ManagementLines(List<ManagementKey> keys, Set<Fingerprint> all, String line) {

	ManagementKey newest() {
		return this.keys.get(0);
	}

	boolean rotates() {
		return this.keys.size() > 1;
	}

	List<Long> olderIds() {
		return this.keys.stream().skip(1).map(ManagementKey::id).toList();
	}

	Set<Fingerprint> fingerprints() {
		return this.keys.stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
	}

	/** The lines that let Latchkey in. */
	List<String> in(AuthorizedKeysFile file) {
		return file.lines().stream().filter(this::isOne).map(Line::text).toList();
	}

	boolean letLatchkeyIn(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch(this::isOne);
	}

	boolean holdNewest(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch(this::isNewest);
	}

	boolean isOlder(Line line) {
		return isOne(line) && !isNewest(line);
	}

	private boolean isNewest(Line line) {
		return line.key().map((key) -> key.fingerprint().equals(newest().fingerprint())).orElse(false);
	}

	private boolean isOne(Line line) {
		return line.key().map((key) -> fingerprints().contains(key.fingerprint())).orElse(false);
	}

}
