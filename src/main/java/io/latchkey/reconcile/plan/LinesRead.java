package io.latchkey.reconcile.plan;

import java.util.HashSet;
import java.util.Set;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;

/**
 * Which lines of a file a server reads that gives up after so many, as dropbear does
 * since 2026.92. It counts comments and blank lines, too, and takes a carriage return for
 * the end of a line.
 *
 * @param texts of the lines with keys that it reads
 * @param beyond how many lines with keys it does not
 */
public record LinesRead(Set<String> texts, int beyond) {

	public static LinesRead of(AuthorizedKeysFile file, int most) {
		Set<String> texts = new HashSet<>();
		int beyond = 0;
		long number = 1;
		for (Line line : file.lines()) {
			if (line instanceof KeyLine && number <= most) {
				texts.add(line.text());
			}
			else if (line instanceof KeyLine) {
				beyond++;
			}
			number += line.breaks();
		}
		return new LinesRead(texts, beyond);
	}

}
