package io.latchkey.managementkeys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;

/**
 * With what Latchkey itself logs in to a node, and how the lines of the newest key are
 * told from those of the keys before.
 *
 * @param keys the one that the node is to know first, and where the node still has to
 * move to it, those that may let Latchkey in until then
 * @param line for the first, as it is put into a file
 */
record ManagementLines(List<ManagementKey> keys, String line) {

	ManagementKey newest() {
		return this.keys.get(0);
	}

	boolean rotates() {
		return this.keys.size() > 1;
	}

	List<ManagementKey> older() {
		return this.keys.subList(1, this.keys.size());
	}

	Set<Fingerprint> fingerprints() {
		return this.keys.stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
	}

	boolean holdNewest(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch((line) -> isOf(newest(), line));
	}

	boolean isOlder(Line line) {
		return !isOf(newest(), line) && older().stream().anyMatch((key) -> isOf(key, line));
	}

	private static boolean isOf(ManagementKey key, Line line) {
		return line.key().map((its) -> its.fingerprint().equals(key.fingerprint())).orElse(false);
	}

}
