package io.latchkey.nodestate;

import java.util.Locale;

/** How much two names are alike. */
final class Likeness {

	private Likeness() {
	}

	/**
	 * How many signs have to be put in, left out, exchanged or swapped with the next to
	 * make one of the other, whatever their case.
	 */
	static int distance(String one, String other) {
		String from = one.toLowerCase(Locale.ROOT);
		String to = other.toLowerCase(Locale.ROOT);
		int[][] distances = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			distances[i][0] = i;
		}
		for (int j = 1; j <= to.length(); j++) {
			distances[0][j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			for (int j = 1; j <= to.length(); j++) {
				int exchanged = distances[i - 1][j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				distances[i][j] = Math.min(exchanged, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
				if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
						&& from.charAt(i - 2) == to.charAt(j - 1)) {
					distances[i][j] = Math.min(distances[i][j], 1 + distances[i - 2][j - 2]);
				}
			}
		}
		return distances[from.length()][to.length()];
	}

}
