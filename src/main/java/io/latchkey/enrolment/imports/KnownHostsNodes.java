package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KnownHostsLine;
import io.latchkey.openssh.PublicKey;

/**
 * The hosts that a client knows, with their host keys.
 */
final class KnownHostsNodes {

	private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]+)\\]:(\\d{1,5})");

	/** A host and what is known of it. */
	private record Host(int line, String address, int port, List<PublicKey> keys) {

	}

	private KnownHostsNodes() {
	}

	static ListedNodes read(String text) {
		ListedNodes listed = new ListedNodes();
		Map<String, Host> hosts = new LinkedHashMap<>();
		List<String> lines = text.lines().toList();
		for (int i = 0; i < lines.size(); i++) {
			read(lines.get(i), i + 1, hosts, listed);
		}
		hosts.values()
			.forEach((host) -> listed.add(new ListedNode(host.line(), name(host), host.address(), host.port(), null,
					null, null, Map.of(), List.of(), null, host.keys())));
		return listed;
	}

	private static void read(String text, int line, Map<String, Host> hosts, ListedNodes listed) {
		Optional<KnownHostsLine> parsed;
		try {
			parsed = KnownHostsLine.parse(text);
		}
		catch (InvalidKeyException ex) {
			listed.wrong(line, "verbatim", String.valueOf(ex.getMessage()));
			return;
		}
		parsed.ifPresent((known) -> {
			if (known.marker() != KnownHostsLine.Marker.NONE) {
				listed.passOver(line, "import.known-hosts.marker");
			}
			else if (known.isHashed()) {
				listed.passOver(line, "import.known-hosts.hashed");
			}
			else if (known.hosts().stream().anyMatch((host) -> host.matches(".*[*?!].*"))) {
				listed.passOver(line, "import.known-hosts.pattern");
			}
			else {
				String first = known.hosts().get(0);
				hosts.computeIfAbsent(first, (host) -> host(line, first)).keys().add(known.key());
			}
		});
	}

	private static Host host(int line, String text) {
		Matcher matcher = WITH_PORT.matcher(text);
		return matcher.matches()
				? new Host(line, matcher.group(1), Integer.parseInt(matcher.group(2)), new ArrayList<>())
				: new Host(line, text, 22, new ArrayList<>());
	}

	/** Of one address there may be a host for each port. */
	private static String name(Host host) {
		String name = host.address().replace(':', '-');
		return (host.port() == 22) ? name : name + "-" + host.port();
	}

}
