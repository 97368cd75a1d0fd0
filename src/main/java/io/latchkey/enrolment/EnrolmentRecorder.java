package io.latchkey.enrolment;

import java.util.List;
import java.util.Optional;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.AccountFilesRepository;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records that a node is under management. */
@Component
class EnrolmentRecorder {

	private final Nodes nodes;

	private final HostKeyPins pins;

	private final AccountFilesRepository files;

	EnrolmentRecorder(Nodes nodes, HostKeyPins pins, AccountFilesRepository files) {
		this.nodes = nodes;
		this.pins = pins;
		this.files = files;
	}

	/**
	 * @param hostKeys by which the node is known from now on
	 * @param proved the file that lets Latchkey in as it was committed, where one was:
	 * the next write to it is an ordinary one
	 */
	@Transactional
	void record(Node node, ManagementKeyKind kind, List<HostKey> hostKeys, Optional<String> proved) {
		this.pins.pin(node.id(), hostKeys);
		this.nodes.noteManagementKey(node.id(), kind);
		this.nodes.markEnrolled(node.id());
		proved.ifPresent((file) -> this.files.noteConfirmed(node.id(), node.management().account(), file));
	}

}
