package io.latchkey.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * By which host keys names and addresses were known last that are nobody's by now.
 */
public final class FormerPins {

	private final Map<String, FormerHostKeys> byName = new HashMap<>();

	private final Map<Place, FormerHostKeys> byPlace = new HashMap<>();

	private record Place(String place, int port) {

	}

	/**
	 * @param all the oldest first
	 */
	FormerPins(Collection<FormerHostKeys> all) {
		all.forEach((each) -> {
			this.byName.put(each.name(), each);
			this.byPlace.put(new Place(each.place(), each.port()), each);
		});
	}

	public static FormerPins none() {
		return new FormerPins(List.of());
	}

	/**
	 * The former holders of that name and of that address, where they were known by none
	 * of these keys; two at the most.
	 */
	public List<FormerHostKeys> others(String name, String address, int port, Collection<HostKey> keys) {
		return holders(name, address, port).filter((former) -> !former.fit(keys)).toList();
	}

	/**
	 * The same for keys that nobody has proved to have: whoever knows one of the former,
	 * which is no secret, could name another beside it.
	 */
	public List<FormerHostKeys> othersOfUnproved(String name, String address, int port, Collection<HostKey> keys) {
		return holders(name, address, port).filter((former) -> !former.fitAll(keys)).toList();
	}

	/** The same for a node that is known by these keys and moves to that address. */
	List<FormerHostKeys> othersAt(String address, int port, String name, Collection<String> fingerprints) {
		return ofPlace(address, port)
			.filter((former) -> !former.name().equals(name)
					&& former.fingerprints().stream().noneMatch((each) -> fingerprints.contains(each.value())))
			.toList();
	}

	private Stream<FormerHostKeys> holders(String name, String address, int port) {
		return Stream.concat(Stream.ofNullable(this.byName.get(name)), ofPlace(address, port)).distinct();
	}

	private Stream<FormerHostKeys> ofPlace(String address, int port) {
		return Stream.ofNullable(this.byPlace.get(new Place(FormerHostKeys.placeOf(address), port)));
	}

	/** The same for a node; none where it is known by host keys of its own. */
	public List<FormerHostKeys> others(Node node, Collection<HostKey> keys) {
		return (keys.isEmpty() || !node.hostKeys().isEmpty()) ? List.of()
				: others(node.name(), node.route().address(), node.route().port(), keys);
	}

}
