package io.latchkey.core;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;

import static java.util.stream.Collectors.toSet;

/**
 * Takes members into groups and out of them. The group is locked first, then the members
 * by id, whoever changes them, so that nobody waits in a circle. Works in the transaction
 * of whoever asks.
 *
 * @param <G> the groups
 * @param <M> what is in them
 */
public abstract class GroupMembers<G extends GroupEntity, M extends NamedEntity> {

	private final NamedRows<M> members;

	private final ApplicationEventPublisher events;

	protected GroupMembers(NamedRows<M> members, ApplicationEventPublisher events) {
		this.members = members;
		this.events = events;
	}

	/** That there is no member of that name. */
	protected abstract Fault unknown(String name);

	protected abstract AuditableEvent added(G group, M member);

	protected abstract AuditableEvent removed(G group, M member);

	/**
	 * The ids of the named.
	 * @throws InvalidInputException with a fault for each that there is not
	 */
	public Set<Long> resolve(Collection<String> names) {
		List<IdAndName> found = this.members.idsOf(names);
		Set<String> missing = new TreeSet<>(names);
		found.forEach((named) -> missing.remove(named.getName()));
		if (!missing.isEmpty()) {
			throw new InvalidInputException(missing.stream().map(this::unknown).toList());
		}
		return found.stream().map(IdAndName::getId).collect(toSet());
	}

	/** Makes these the members. */
	public void replace(G group, Set<Long> members) {
		Set<Long> added = without(members, group.memberKeys());
		Set<Long> removed = without(group.memberKeys(), members);
		if (added.isEmpty() && removed.isEmpty()) {
			return;
		}
		List<M> changed = this.members.lockAll(Stream.concat(added.stream(), removed.stream()).toList());
		group.touch();
		changed.forEach(NamedEntity::touch);
		group.memberKeys().addAll(added);
		group.memberKeys().removeAll(removed);
		this.members.flush();
		changed.forEach((member) -> this.events
			.publishEvent(added.contains(member.key()) ? added(group, member) : removed(group, member)));
	}

	/** Puts these in beside those that are in it. */
	public void add(G group, Set<Long> members) {
		Set<Long> all = new HashSet<>(group.memberKeys());
		all.addAll(members);
		replace(group, all);
	}

	/** Takes it out; when it is not in, nothing happens. */
	public void remove(G group, long member) {
		replace(group, without(group.memberKeys(), Set.of(member)));
	}

	/** Gives each another version, because the group that they are in ends. */
	public void release(G group) {
		this.members.lockAll(group.memberKeys()).forEach(NamedEntity::touch);
	}

	private static Set<Long> without(Set<Long> some, Set<Long> others) {
		return some.stream().filter((id) -> !others.contains(id)).collect(toSet());
	}

}
