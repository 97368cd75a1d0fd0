package io.latchkey.runs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.NodeRemoved;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Which runs began together: these come to each step at about the same time, and it is
 * worth a moment to take the step with them. A run that began alone waits for nobody,
 * whatever else is under way.
 */
@Component
public class Waves {

	/** Of each node that of its last run. */
	private final Map<NodeId, Wave> waves = new ConcurrentHashMap<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	/** Is run whenever one fewer is to come. */
	public void onLeave(Runnable listener) {
		this.listeners.add(listener);
	}

	public void begin(Collection<NodeId> nodes) {
		nodes.forEach(this::leave);
		Wave wave = new Wave(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
		wave.talking().addAll(nodes);
		wave.open().addAll(nodes);
		nodes.forEach((node) -> this.waves.put(node, wave));
	}

	/** It says nothing more to its node. */
	public void endTalk(NodeId node) {
		leave(node, Wave::talking);
	}

	/** It is on record, or that failed. */
	public void end(NodeId node) {
		leave(node, Wave::open);
	}

	/** It keeps its worker waiting: nobody knows when it comes. */
	public void leave(NodeId node) {
		endTalk(node);
		end(node);
	}

	private void leave(NodeId node, Function<Wave, Set<NodeId>> some) {
		Wave wave = this.waves.get(node);
		if (wave != null && some.apply(wave).remove(node)) {
			this.listeners.forEach(Runnable::run);
		}
	}

	/** How many others of these runs' wave may have something to write as well. */
	public int talking(Collection<NodeId> here) {
		return fewest(here, Wave::talking);
	}

	/** How many others of it are still to be put on record. */
	public int open(Collection<NodeId> here) {
		return fewest(here, Wave::open);
	}

	/** No run waits for those of another wave. */
	private int fewest(Collection<NodeId> here, Function<Wave, Set<NodeId>> some) {
		return here.stream()
			.map(this.waves::get)
			.distinct()
			.mapToInt((wave) -> (wave != null) ? without(some.apply(wave), here) : 0)
			.min()
			.orElse(0);
	}

	private static int without(Set<NodeId> some, Collection<NodeId> here) {
		return (int) some.stream().filter((node) -> !here.contains(node)).count();
	}

	@EventListener
	void on(NodeRemoved event) {
		this.waves.remove(event.id());
	}

	/**
	 * Runs that began together.
	 *
	 * @param talking those that are still with their nodes
	 * @param open those and what is still to be recorded
	 */
	private record Wave(Set<NodeId> talking, Set<NodeId> open) {

	}

}
