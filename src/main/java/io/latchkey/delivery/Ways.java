package io.latchkey.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.NodeRecords;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.openssh.Fingerprint;

/**
 * The ways in to some nodes of those whom some grants let in. A grant that has not
 * started, or lets in by no key, is none.
 *
 * @param holders whom each of the grants that were asked for lets in
 * @param keys the keys of all of them, also of those that are suspended
 * @param foreign the lines with these keys that Latchkey did not write
 */
record Ways(Map<NodeId, NodeRecords> records, Map<GrantId, Set<IdentityId>> holders, Map<Fingerprint, IdentityId> keys,
		Map<NodeId, List<ForeignLine>> foreign, Instant now, Map<GrantId, Set<IdentityId>> letIn) {

	Ways(Map<NodeId, NodeRecords> records, Map<GrantId, Set<IdentityId>> holders, Map<Fingerprint, IdentityId> keys,
			List<ForeignLine> foreign, Instant now) {
		this(records, holders, keys, foreign.stream().collect(Collectors.groupingBy(ForeignLine::node)), now,
				new HashMap<>());
	}

	/** Another grant, and whom both let in. */
	record Shared(GrantReach grant, Set<IdentityId> identities) {

	}

	/**
	 * The grants beside this one.
	 * @param without which others are not counted
	 */
	List<Shared> grantsBeside(GrantReach grant, NodeId node, Set<GrantId> without) {
		Set<IdentityId> of = this.holders.getOrDefault(grant.id(), Set.of());
		NodeRecords on = this.records.getOrDefault(node, NodeRecords.NONE);
		List<Shared> beside = new ArrayList<>();
		for (GrantReach other : on.grants()) {
			if (!other.id().equals(grant.id()) && !without.contains(other.id())
					&& other.account().equals(grant.account()) && !this.now.isBefore(other.startsAt())) {
				Set<IdentityId> both = this.letIn
					.computeIfAbsent(other.id(), (id) -> on.identitiesLetInBy(other, this.now))
					.stream()
					.filter(of::contains)
					.collect(Collectors.toSet());
				if (!both.isEmpty()) {
					beside.add(new Shared(other, both));
				}
			}
		}
		return beside;
	}

	/** The foreign lines beside this grant. */
	List<ForeignLine> foreignBeside(GrantReach grant, NodeId node) {
		Set<IdentityId> of = this.holders.getOrDefault(grant.id(), Set.of());
		return this.foreign.getOrDefault(node, List.of())
			.stream()
			.filter((line) -> line.account().equals(grant.account()) && of.contains(this.keys.get(line.fingerprint())))
			.toList();
	}

}
