package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A second sshd on a node that takes one login and says all that it does.
 *
 * @param address of the node
 * @param jumps the way there for {@code -J} of ssh(1); null where none is needed
 * @param endsAt at the latest
 * @param lines what it said so far, of which the first are left out where there are too
 * many
 * @param left how many are left out
 */
public record DebugTry(String node, String address, @Nullable String jumps, int port, Instant startedAt, Instant endsAt,
		boolean running, List<String> lines, int left) {

	public DebugTry {
		lines = List.copyOf(lines);
	}

	/** With what to try, up to the account. */
	public String command() {
		String way = (this.jumps != null) ? "-J %s ".formatted(this.jumps) : "";
		return "ssh -v %s-p %d <account>@%s".formatted(way, this.port, this.address);
	}

}
