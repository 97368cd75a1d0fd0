package io.latchkey.logins;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * Who came in to the nodes, as their logs tell.
 */
@Service
public class Logins {

	/** Of which the list tells how many there are; of more it says that many. */
	public static final int MOST_COUNTED = LoginRepository.MOST_COUNTED;

	private static final int MOST_UNGRANTED = 200;

	private static final int MOST_FRESH = 200;

	/** As many are shown of a node or of some keys. */
	private static final int MOST_USES = 50;

	private final LoginRepository logins;

	private final KeyUseRepository uses;

	private final LoginLogRepository logs;

	private final KnownAddressRepository addresses;

	private final LoginProperties properties;

	private final Tolerations tolerations;

	private final Clock clock;

	Logins(LoginRepository logins, KeyUseRepository uses, LoginLogRepository logs, KnownAddressRepository addresses,
			LoginProperties properties, Tolerations tolerations, Clock clock) {
		this.logins = logins;
		this.uses = uses;
		this.logs = logs;
		this.addresses = addresses;
		this.properties = properties;
		this.tolerations = tolerations;
		this.clock = clock;
	}

	/** Newest first. */
	public Page<Login> list(LoginQuery query, Pageable page) {
		return this.logins.list(query, page);
	}

	/** Of each of these keys when it last let in anywhere, where it ever did. */
	public Map<Fingerprint, KeyUse> lastUses(Collection<Fingerprint> keys) {
		return this.uses.ofKeys(keys.stream().map(Fingerprint::value).collect(Collectors.toSet()))
			.stream()
			.collect(Collectors.toMap((use) -> Fingerprint.parse(use.fingerprint()), Function.identity(),
					Logins::later));
	}

	/** When keys last let in to a node, by account and key, the last first. */
	public List<KeyUse> lastUsesOn(String node) {
		return this.uses.lastOn(node, MOST_USES);
	}

	/** Where these keys let in, by account, the last first. */
	public List<KeyUse> usesOf(Collection<Fingerprint> keys) {
		return lastFirst(this.uses.ofKeys(keys.stream().map(Fingerprint::value).collect(Collectors.toSet())));
	}

	/** Where this grant let in, by key, node and account, the last first. */
	public List<KeyUse> usesOfGrant(long grant) {
		return lastFirst(this.uses.ofGrants(Set.of(grant)));
	}

	/** Of each of these grants when it last let anybody in, where it ever did. */
	public Map<Long, KeyUse> lastUsesOfGrants(Collection<Long> grants) {
		return this.uses.ofGrants(Set.copyOf(grants))
			.stream()
			.filter((use) -> use.grant() != null)
			.collect(Collectors.toMap((use) -> use.grant(), Function.identity(), Logins::later));
	}

	/**
	 * The keys that let somebody in though nobody granted it, since then, newest first.
	 */
	public List<KeyUse> ungranted(Instant since) {
		List<KeyUse> found = this.uses.with(Standing.UNGRANTED, since, MOST_UNGRANTED);
		Set<String> tolerated = this.tolerations
			.current(found.stream().map((use) -> Fingerprint.parse(use.fingerprint())).toList())
			.keySet()
			.stream()
			.map(Fingerprint::value)
			.collect(Collectors.toSet());
		return found.stream().filter((use) -> !tolerated.contains(use.fingerprint())).toList();
	}

	/** The first logins of somebody from an address, since then, newest first. */
	public List<Login> fromNewAddresses(Instant since) {
		return this.logins.fresh(since, MOST_FRESH);
	}

	/** How far the log of a node was read; nothing before the first time. */
	public Optional<LogReading> reading(NodeId node) {
		return Optional.ofNullable(readings(Set.of(node)).get(node));
	}

	/** The same of many, of those that were read. */
	public Map<NodeId, LogReading> readings(Collection<NodeId> nodes) {
		Map<NodeId, LogReading> readings = new HashMap<>();
		this.logs.of(nodes)
			.forEach((node, log) -> readings.put(node,
					new LogReading(log.readAt(), log.readUntil(), log.failure(), log.gapFrom(), log.gapUntil())));
		return readings;
	}

	/** Forgets what has been kept for long enough. */
	void forgetOld() {
		Instant before = this.clock.instant().minus(this.properties.keep());
		boolean more = true;
		while (more) {
			more = this.logins.deleteBefore(before);
		}
		this.uses.deleteBefore(before);
		this.addresses.deleteBefore(before);
	}

	private static List<KeyUse> lastFirst(List<KeyUse> uses) {
		return uses.stream().sorted(Comparator.comparing(KeyUse::at).reversed()).limit(MOST_USES).toList();
	}

	private static KeyUse later(KeyUse one, KeyUse other) {
		return other.at().isBefore(one.at()) ? one : other;
	}

}
