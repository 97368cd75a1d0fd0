package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Secret;

/**
 * The sandbox's nodes as records: enrolled by password, in their cluster. The second has
 * a line that Latchkey did not write; the last is only observed, and so differs from what
 * it should be.
 */
class SandboxMachines {

	private static final int WITH_FOREIGN_LINE = 2;

	private static final int OBSERVED = 4;

	private final Sandbox sandbox;

	private final SandboxFolder folder;

	private final Nodes nodes;

	private final Clusters clusters;

	private final Enrolments enrolments;

	SandboxMachines(Sandbox sandbox, SandboxFolder folder, Nodes nodes, Clusters clusters, Enrolments enrolments) {
		this.sandbox = sandbox;
		this.folder = folder;
		this.nodes = nodes;
		this.clusters = clusters;
		this.enrolments = enrolments;
	}

	/** A port may have been taken by another program since the last start. */
	void followPorts() {
		for (SandboxNode each : this.sandbox.nodes()) {
			this.nodes.find(each.name())
				.filter((node) -> SandboxNode.ADDRESS.equals(node.route().address())
						&& node.route().port() != each.port())
				.ifPresent((node) -> this.nodes.put(
						new NodeDraft(node.name(), node.route().address(), each.port(), node.management().account(),
								node.management().privilege(), node.management().mode(), node.labels()),
						node.version()));
		}
	}

	void furnish() throws IOException {
		leaveForeignLine(this.sandbox.node(WITH_FOREIGN_LINE));
		for (SandboxNode each : this.sandbox.nodes()) {
			Node node = this.nodes.find(each.name()).orElseGet(() -> this.nodes.create(draft(each)));
			if (!node.enrolled()) {
				enrol(each);
			}
		}
		this.clusters.put(Sandbox.CLUSTER, "Sandbox cluster",
				this.sandbox.nodes().stream().map(SandboxNode::name).toList(), null);
	}

	private NodeDraft draft(SandboxNode node) {
		boolean observed = node == this.sandbox.node(OBSERVED);
		return new NodeDraft(node.name(), SandboxNode.ADDRESS, node.port(), SandboxNode.ACCOUNT, Privilege.SELF,
				observed ? Mode.OBSERVE : Mode.ADDITIVE, Map.of("env", observed ? "staging" : "production"));
	}

	private void enrol(SandboxNode node) {
		this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(this.folder.nodePassword().toCharArray()),
				SandboxNode.ACCOUNT, fingerprint(node.hostKey())));
	}

	private static Fingerprint fingerprint(String publicKey) {
		try {
			return PublicKey.parse(publicKey).fingerprint();
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void leaveForeignLine(SandboxNode node) throws IOException {
		Path file = node.authorizedKeys();
		if (Files.exists(file)) {
			return;
		}
		Files.createDirectories(file.getParent());
		Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
		PrivateFile.write(file,
				"# put here by hand long ago\n%s carol@old-laptop\n".formatted(this.folder.keyOf("carol").publicKey()));
	}

}
