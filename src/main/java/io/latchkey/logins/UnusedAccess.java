package io.latchkey.logins;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Access that nobody has used for a time: by the logs, which may not tell. Of several
 * grants that let in the same way a login is by the one that ends last.
 */
@Service
@Transactional(readOnly = true)
public class UnusedAccess {

	private final UnusedRepository unused;

	private final LogCoverageReader coverages;

	private final Logins logins;

	private final Grants grants;

	private final ReachedNodes reached;

	private final Clock clock;

	UnusedAccess(UnusedRepository unused, LogCoverageReader coverages, Logins logins, Grants grants,
			ReachedNodes reached, Clock clock) {
		this.unused = unused;
		this.coverages = coverages;
		this.logins = logins;
		this.grants = grants;
		this.reached = reached;
		this.clock = clock;
	}

	/**
	 * The grants that were active all that time, the oldest first.
	 * @param time until now
	 */
	public Page<UnusedGrant> grants(Duration time, Pageable page) {
		Instant now = this.clock.instant();
		Instant since = now.minus(time);
		Page<GrantId> found = this.unused.grants(since, now, page);
		List<GrantId> ids = found.getContent();
		Map<GrantId, Grant> grantsOf = this.grants.all(ids);
		Map<GrantId, Set<NodeId>> nodesOf = this.reached.ofEach(this.grants.reachesOf(ids));
		Map<Long, KeyUse> last = this.logins.lastUsesOfGrants(ids.stream().map(GrantId::value).toList());
		Map<NodeId, LogCoverage> coverage = coverage(nodesOf.values(), since);
		List<UnusedGrant> rows = ids.stream().filter(grantsOf::containsKey).map((id) -> {
			Grant grant = Objects.requireNonNull(grantsOf.get(id));
			Set<NodeId> nodes = nodesOf.getOrDefault(id, Set.of());
			return new UnusedGrant(grant, last.get(id.value()), nodes.size(),
					unknown(nodes, (node) -> Set.of(grant.account()), coverage));
		}).toList();
		return new PageImpl<>(rows, page, found.getTotalElements());
	}

	/**
	 * The keys of identities that were there all that time, by whose they are.
	 * @param time until now
	 */
	public Page<UnusedKey> keys(Duration time, Pageable page) {
		Instant now = this.clock.instant();
		Instant since = now.minus(time);
		Page<UnusedRepository.Held> found = this.unused.keys(since, now, page);
		List<Fingerprint> keys = found.map(UnusedRepository.Held::key).getContent();
		Map<Fingerprint, Map<NodeId, Set<String>>> places = this.unused.placesOf(keys);
		Map<Fingerprint, KeyUse> last = this.logins.lastUses(keys);
		Map<NodeId, LogCoverage> coverage = coverage(places.values().stream().map(Map::keySet).toList(), since);
		return found.map((held) -> {
			Map<NodeId, Set<String>> stands = places.getOrDefault(held.key(), Map.of());
			return new UnusedKey(held.identity(), held.key(), held.comment(), held.addedAt(), last.get(held.key()),
					stands.size(), unknown(stands.keySet(), (node) -> stands.getOrDefault(node, Set.of()), coverage));
		});
	}

	private Map<NodeId, LogCoverage> coverage(Collection<Set<NodeId>> nodes, Instant since) {
		return this.coverages.of(nodes.stream().flatMap(Set::stream).collect(Collectors.toSet()), since);
	}

	private static List<Unknown> unknown(Set<NodeId> nodes, Function<NodeId, Set<String>> accounts,
			Map<NodeId, LogCoverage> coverage) {
		return nodes.stream()
			.filter(coverage::containsKey)
			.flatMap((node) -> accounts.apply(node)
				.stream()
				.map((account) -> unknown(Objects.requireNonNull(coverage.get(node)), account))
				.flatMap(List::stream)
				.limit(1))
			.sorted(Comparator.comparing(Unknown::node))
			.toList();
	}

	private static List<Unknown> unknown(LogCoverage coverage, String account) {
		LogCoverage.Gap gap = coverage.gapOf(account);
		return (gap != null) ? List.of(new Unknown(coverage.name(), gap, coverage.at())) : List.of();
	}

}
