package io.latchkey.managementkeys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
public record ManagementLines(List<ManagementKey> keys, Set<Fingerprint> all, String line) {

	public ManagementKey newest() {
		return this.keys.get(0);
	}

	public boolean rotates() {
		return this.keys.size() > 1;
	}

	public List<Long> olderIds() {
		return this.keys.stream().skip(1).map(ManagementKey::id).toList();
	}

	public Set<Fingerprint> fingerprints() {
		return this.keys.stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
	}

	/** The lines that let Latchkey in. */
	public List<String> in(AuthorizedKeysFile file) {
		return file.lines().stream().filter(this::isOne).map(Line::text).toList();
	}

	public boolean letLatchkeyIn(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch(this::isOne);
	}

	public boolean holdNewest(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch(this::isNewest);
	}

	public boolean isOlder(Line line) {
		return isOne(line) && !isNewest(line);
	}

	private boolean isNewest(Line line) {
		return line.key().map((key) -> key.fingerprint().equals(newest().fingerprint())).orElse(false);
	}

	private boolean isOne(Line line) {
		return line.key().map((key) -> fingerprints().contains(key.fingerprint())).orElse(false);
	}

}
