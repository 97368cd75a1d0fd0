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
		FormerHostKeys ofName = this.byName.get(name);
		FormerHostKeys ofPlace = this.byPlace.get(new Place(FormerHostKeys.placeOf(address), port));
		return Stream.of(ofName, ofPlace).filter((former) -> former != null && !former.fit(keys)).distinct().toList();
	}

	/** The same for a node; none where it is known by host keys of its own. */
	public List<FormerHostKeys> others(Node node, Collection<HostKey> keys) {
		return (keys.isEmpty() || !node.hostKeys().isEmpty()) ? List.of()
				: others(node.name(), node.address(), node.port(), keys);
	}

}
