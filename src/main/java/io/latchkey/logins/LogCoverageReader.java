package io.latchkey.logins;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.logins.LogCoverage.Gap;
import io.latchkey.logins.LoginLogRepository.ReadLog;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Tells of nodes whether all that was logged is known, by a fixed number of queries. */
@Component
class LogCoverageReader {

	/** A node that was not looked at for so long may have let in anybody since. */
	private static final Duration LATELY = Duration.ofDays(2);

	private final LoginLogRepository logs;

	private final KeyUseRepository uses;

	private final Nodes nodes;

	private final LoginProperties properties;

	private final Clock clock;

	LogCoverageReader(LoginLogRepository logs, KeyUseRepository uses, Nodes nodes, LoginProperties properties,
			Clock clock) {
		this.logs = logs;
		this.uses = uses;
		this.nodes = nodes;
		this.properties = properties;
		this.clock = clock;
	}

	/** Those of the nodes that there are. */
	Map<NodeId, LogCoverage> of(Collection<NodeId> ids, Instant since) {
		Map<NodeId, String> names = this.nodes.namesOf(ids);
		Map<NodeId, ReadLog> read = this.logs.of(ids);
		Map<String, KeyUseRepository.Tally> tallies = this.uses.tallies(names.values());
		Map<String, Set<String>> unnamed = this.uses.unnamed(names.values(), since);
		Map<NodeId, LogCoverage> found = new HashMap<>();
		names.forEach((id, name) -> found.put(id, coverage(id, name, read.get(id),
				tallies.getOrDefault(name, KeyUseRepository.Tally.NONE), unnamed.getOrDefault(name, Set.of()), since)));
		return found;
	}

	private LogCoverage coverage(NodeId id, String name, @Nullable ReadLog log, KeyUseRepository.Tally tally,
			Set<String> unnamed, Instant since) {
		Instant knownFrom = (log != null) ? log.knownFrom() : null;
		Instant lately = this.clock.instant().minus(LATELY);
		if (log == null || knownFrom == null) {
			return new LogCoverage(id, name, Gap.NEVER_READ, null, unnamed);
		}
		if (log.failure() != null) {
			return new LogCoverage(id, name, Gap.UNREADABLE, log.readUntil(), unnamed);
		}
		if (log.readAt().isBefore(lately)) {
			return new LogCoverage(id, name, Gap.NOT_LATELY, log.readAt(), unnamed);
		}
		if (tally.own() == null || tally.own().isBefore(lately)) {
			return new LogCoverage(id, name, Gap.SILENT, tally.own(), unnamed);
		}
		if (knownFrom.isAfter(since)) {
			return new LogCoverage(id, name, Gap.SINCE, knownFrom, unnamed);
		}
		return (tally.keys() < this.properties.mostKeys()) ? new LogCoverage(id, name, null, knownFrom, unnamed)
				: new LogCoverage(id, name, Gap.TOO_MANY, null, unnamed);
	}

}
