package io.latchkey.runs;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;

/**
 * The lines by which a node lets Latchkey itself in.
 *
 * @param line the one that belongs there, as it is put into a file
 * @param fingerprints of the keys that may let Latchkey in at that node
 * @param all of whatever key is Latchkey's own, at any node
 * @param moves begins what one run does for the node to know another key
 */
public record OwnLines(String line, Set<Fingerprint> fingerprints, Set<Fingerprint> all, Supplier<KeyMove> moves) {

	public OwnLines {
		fingerprints = Set.copyOf(fingerprints);
		all = Set.copyOf(all);
	}

	/** Those of a file, as they stand there. */
	public List<String> in(AuthorizedKeysFile file) {
		return file.lines().stream().filter(this::isOne).map(Line::text).toList();
	}

	public boolean letLatchkeyIn(AuthorizedKeysFile file) {
		return file.lines().stream().anyMatch(this::isOne);
	}

	public KeyMove beginMove() {
		return this.moves.get();
	}

	private boolean isOne(Line line) {
		return line.key().map((key) -> this.fingerprints.contains(key.fingerprint())).orElse(false);
	}

}
