package io.latchkey;

/**
 * How often a test repeats what it does: a few times in {@code script/test}, often in
 * {@code script/soak}, which sets the system property {@code latchkey.soak} to a factor.
 * Such a test has JUnit's tag {@code repeats}; one that runs in {@code script/soak} alone
 * has the tag {@code soak}.
 */
public final class Repetitions {

	private static final int SOAK = Integer.getInteger("latchkey.soak", 0);

	private Repetitions() {
	}

	public static int of(int inTest, int inSoak) {
		return (SOAK == 0) ? inTest : Math.multiplyExact(SOAK, inSoak);
	}

}
