package io.latchkey.imports;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.latchkey.imports.formats.Jump;
import io.latchkey.imports.formats.ListedNode;
import io.latchkey.inventory.Node;

/**
 * Finds the node that a list means by a jump: by its name, or else by its address.
 */
class JumpFinder {

	private static final int SSH = 22;

	/**
	 * Of the nodes that there are and of those of the list, which are named in it
	 * otherwise.
	 */
	private final Map<String, Place> names = new HashMap<>();

	private final Map<String, List<Place>> addresses = new HashMap<>();

	/** Where a node is. */
	record Place(String name, int port) {

	}

	JumpFinder(Collection<Node> existing, List<ListedNode> listed) {
		existing
			.forEach((node) -> add(node.name(), node.route().address(), new Place(node.name(), node.route().port())));
		listed.forEach((node) -> add(node.name(), node.address(),
				new Place(ListedName.of(node.name()), (node.port() != null) ? node.port() : SSH)));
	}

	private void add(String name, String address, Place place) {
		this.names.put(name.toLowerCase(Locale.ROOT), place);
		List<Place> there = this.addresses.computeIfAbsent(comparable(address), (key) -> new ArrayList<>());
		if (!there.contains(place)) {
			there.add(place);
		}
	}

	/**
	 * @return the node; several when it may be each of them, none when there is none
	 */
	List<Place> find(Jump jump) {
		Place named = this.names.get(jump.host().toLowerCase(Locale.ROOT));
		if (named != null) {
			return List.of(named);
		}
		List<Place> there = this.addresses.getOrDefault(comparable(jump.host()), List.of());
		int port = (jump.port() != null) ? jump.port() : SSH;
		List<Place> atPort = there.stream().filter((place) -> place.port() == port).toList();
		return (atPort.isEmpty() && jump.port() == null) ? there : atPort;
	}

	/** One address is written in several ways. */
	private static String comparable(String address) {
		String plain = address.toLowerCase(Locale.ROOT);
		if (plain.indexOf(':') < 0) {
			return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
		}
		try {
			return InetAddress.getByName("[" + plain + "]").getHostAddress();
		}
		catch (UnknownHostException ex) {
			return plain;
		}
	}

}
