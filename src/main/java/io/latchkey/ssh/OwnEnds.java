package io.latchkey.ssh;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * This side's ends of the connections that are open, to whatever node: several may be one
 * machine. A node sees them as they are unless something on the way translates them.
 */
final class OwnEnds {

	private final Set<InetSocketAddress> ends = ConcurrentHashMap.newKeySet();

	void add(InetSocketAddress end) {
		this.ends.add(end);
	}

	void remove(InetSocketAddress end) {
		this.ends.remove(end);
	}

	/** Whether one of them is such a one. */
	boolean any(Predicate<InetSocketAddress> wanted) {
		return this.ends.stream().anyMatch(wanted);
	}

}
