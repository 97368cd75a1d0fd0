package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KnownHostsLine;
import io.latchkey.openssh.KnownHostsLine.Marker;
import io.latchkey.openssh.PublicKey;

/**
 * The hosts that a client knows, with their host keys. A key that stands under
 * {@code @revoked} is nobody's, however else it stands there.
 */
final class KnownHostsNodes {

	private static final int SSH = 22;

	private final ListedNodes listed;

	private final Map<Fingerprint, Integer> revoked = new HashMap<>();

	/** By the name with which they came. */
	private final Map<String, Host> hosts = new LinkedHashMap<>();

	/** A host and what is known of it. */
	private static final class Host {

		private final int line;

		private final Jump place;

		private final List<PublicKey> keys = new ArrayList<>();

		private Host(int line, Jump place) {
			this.line = line;
			this.place = place;
		}

		private int port() {
			return (this.place.port() != null) ? this.place.port() : SSH;
		}

		/** Of one address there may be a host for each port. */
		private String name() {
			String name = this.place.host().replace(':', '-');
			return (port() == SSH) ? name : name + "-" + port();
		}

	}

	private KnownHostsNodes(ListedNodes listed) {
		this.listed = listed;
	}

	static void read(List<String> lines, ListedNodes listed) {
		KnownHostsNodes nodes = new KnownHostsNodes(listed);
		Map<Integer, KnownHostsLine> known = new LinkedHashMap<>();
		for (int i = 0; i < lines.size() && !listed.isRefused(); i++) {
			int line = i + 1;
			nodes.parse(lines.get(i), line).ifPresent((each) -> known.put(line, each));
		}
		known.forEach(nodes::noteRevoked);
		known.forEach(nodes::read);
		nodes.list();
	}

	private Optional<KnownHostsLine> parse(String text, int line) {
		try {
			return KnownHostsLine.parse(text);
		}
		catch (InvalidKeyException ex) {
			this.listed.wrong(line, "verbatim", String.valueOf(ex.getMessage()));
			return Optional.empty();
		}
	}

	private void noteRevoked(int line, KnownHostsLine known) {
		if (known.marker() == Marker.REVOKED) {
			this.revoked.putIfAbsent(known.key().fingerprint(), line);
		}
	}

	private void read(int line, KnownHostsLine known) {
		Integer revokedAt = this.revoked.get(known.key().fingerprint());
		if (known.marker() == Marker.CERT_AUTHORITY) {
			this.listed.passOver(line, "import.known-hosts.authority");
		}
		else if (known.marker() == Marker.REVOKED) {
			this.listed.passOver(line, "import.known-hosts.revoked", known.key().fingerprint().value());
		}
		else if (revokedAt != null) {
			this.listed.wrong(line, "import.known-hosts.revoked-at", Integer.toString(revokedAt));
		}
		else if (known.isHashed()) {
			this.listed.passOver(line, "import.known-hosts.hashed");
		}
		else if (known.hosts().stream().anyMatch(KnownHostsNodes::isPattern)) {
			this.listed.passOver(line, "import.known-hosts.pattern");
		}
		else {
			addKey(known, line);
		}
	}

	/** To all that the line names; to the first name where none is known yet. */
	private void addKey(KnownHostsLine known, int line) {
		List<Host> named = known.hosts().stream().map(this.hosts::get).filter(Objects::nonNull).toList();
		if (!named.isEmpty()) {
			named.forEach((host) -> host.keys.add(known.key()));
			return;
		}
		String first = known.hosts().get(0);
		Optional<Jump> place = place(first);
		if (place.isEmpty()) {
			this.listed.wrong(line, "import.known-hosts.host", first);
			return;
		}
		Host host = new Host(line, place.get());
		host.keys.add(known.key());
		this.hosts.put(first, host);
	}

	private static boolean isPattern(String host) {
		return host.indexOf('*') >= 0 || host.indexOf('?') >= 0 || host.indexOf('!') >= 0;
	}

	/** In brackets it has a port; without, a colon is part of an address. */
	private static Optional<Jump> place(String host) {
		return host.startsWith("[") ? Jump.parse(host).filter((place) -> place.port() != null)
				: Optional.of(new Jump(host, null));
	}

	private void list() {
		this.hosts.values()
			.forEach((host) -> this.listed.add(new ListedNode(host.line, host.name(), host.place.host(), host.port(),
					new ListedNode.Management(null, null, null), Map.of(), List.of(), List.of(), host.keys)));
	}

}
