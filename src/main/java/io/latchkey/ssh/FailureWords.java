package io.latchkey.ssh;

import java.time.Duration;

import io.latchkey.core.ShownDuration;
import io.latchkey.openssh.ShownText;

/** What several of the failures have in common that a connection to a node may have. */
final class FailureWords {

	private static final int MOST_SAID = 200;

	private FailureWords() {
	}

	static NodeException broke(String node, String why, Exception ex) {
		return new NodeException(FailureKind.DISCONNECTED, "%s: the connection broke (%s)".formatted(node, why), ex);
	}

	static NodeException timedOut(String node, Phase phase, Duration within, Exception ex) {
		return new NodeException.TimedOut(phase.isAfterLogin() ? FailureKind.TIMED_OUT_LET_IN : FailureKind.TIMED_OUT,
				"%s: %s within %s".formatted(node, phase.missing(), ShownDuration.of(within)), ex);
	}

	static String shortened(String said) {
		return said.substring(0, Math.min(said.length(), MOST_SAID));
	}

	static String messageOf(Exception ex) {
		String message = ex.getMessage();
		return (message != null) ? ShownText.inOneLine(message) : ex.getClass().getSimpleName();
	}

}
