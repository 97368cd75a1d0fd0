package io.latchkey.enrolment;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.KnownHostsLine;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * The host keys by which nodes are known: compared with what they show, accepted when
 * they have changed, and published for the people who log in there.
 */
@Service
public class HostKeys {

	private final Nodes nodes;

	private final SshConnections connections;

	private final HostKeyPins pins;

	HostKeys(Nodes nodes, SshConnections connections, HostKeyPins pins) {
		this.nodes = nodes;
		this.connections = connections;
		this.pins = pins;
	}

	/**
	 * Asks the node for what it shows now.
	 * @throws NodeException when it cannot be asked
	 */
	public HostKeyComparison compare(String name) {
		NoTransaction.require();
		Node node = this.nodes.get(name);
		return new HostKeyComparison(node, this.connections.hostKeysOf(node));
	}

	/**
	 * Pins these in place of those before; the node has shown each within the last
	 * minute. A person has checked that they are the node's.
	 * @throws HostKeyUnconfirmedException when none is given, or one that it does not
	 * show
	 * @throws NodeException when the node cannot be asked
	 */
	public Node accept(String name, Collection<Fingerprint> accepted) {
		NoTransaction.require();
		Node node = this.nodes.get(name);
		HostKeyComparison comparison = new HostKeyComparison(node, this.connections.recentHostKeysOf(node));
		Set<Fingerprint> wanted = new LinkedHashSet<>(accepted);
		List<HostKey> keys = comparison.shown()
			.stream()
			.filter((key) -> wanted.contains(key.key().fingerprint()))
			.toList();
		if (keys.isEmpty() || keys.size() < wanted.size()) {
			throw new HostKeyUnconfirmedException(name, comparison.shown(), wanted.isEmpty()
					? HostKeyUnconfirmedException.Reason.NOT_GIVEN : HostKeyUnconfirmedException.Reason.NOT_SHOWN);
		}
		this.pins.pin(comparison.node().id(), keys);
		return this.nodes.get(name);
	}

	/** How names are written in a {@code known_hosts} file. */
	public enum HostNames {

		PLAIN,
		/** So that who finds the file does not learn which hosts there are. */
		HASHED

	}

	/**
	 * The pinned host keys of the nodes by their names and addresses, as a
	 * {@code known_hosts} file (sshd(8)).
	 * @param cluster whose nodes; null for all
	 */
	public String knownHosts(@Nullable String cluster, HostNames names) {
		StringBuilder file = new StringBuilder();
		this.nodes.list(null, cluster, Pageable.unpaged())
			.forEach((node) -> node.hostKeys()
				.forEach((key) -> lines(node, key, names).forEach((line) -> file.append(line).append('\n'))));
		return file.toString();
	}

	private static List<String> lines(Node node, HostKey key, HostNames names) {
		List<String> hosts = Stream.of(node.name(), node.route().address())
			.distinct()
			.map((host) -> KnownHostsLine.host(host, node.route().port()))
			.toList();
		return switch (names) {
			case PLAIN -> List.of(KnownHostsLine.render(hosts, key.key()));
			case HASHED -> hosts.stream().map((host) -> KnownHostsLine.renderHashed(host, key.key())).toList();
		};
	}

}
