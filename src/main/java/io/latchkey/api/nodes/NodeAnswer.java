package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.api.body.Volatile;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;
import org.jspecify.annotations.Nullable;

record NodeAnswer(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
		Map<String, String> labels, List<String> clusters, List<HostKeyAnswer> hostKeys, boolean legacyAlgorithms,
		ManagementKeyKind managementKey, @Nullable String jumpNode, @Volatile NodeState state,
		@Volatile @Nullable String stateDetail, @Volatile @Nullable Instant lastCheckedAt,
		@Volatile @Nullable Instant lastInSyncAt, @Volatile @Nullable String sshVersion,
		@Volatile List<String> findings, @Volatile @Nullable UnseenAnswer notLookedAt,
		@Volatile @Nullable Instant leavingSince, @JsonIgnore long version) implements Versioned {

	static NodeAnswer of(Node node, NodeStatus status) {
		return new NodeAnswer(node.name(), node.route().address(), node.route().port(), node.management().account(),
				node.management().privilege(), node.management().mode(), node.labels(), node.clusters(),
				node.hostKeys().stream().map(HostKeyAnswer::of).toList(), node.route().legacyAlgorithms(),
				node.management().key(), node.route().jumpNode(), status.state(), detailOf(status),
				status.checks().last(), status.checks().lastInSync(), status.sshVersion(), status.remarks().findings(),
				UnseenAnswer.of(status.remarks().unseen()), status.leavingSince(), node.version());
	}

	/** Whoever reads only this learns of the findings as well. */
	private static @Nullable String detailOf(NodeStatus status) {
		return (status.remarks().detail() != null || status.remarks().findings().isEmpty()) ? status.remarks().detail()
				: String.join(" ", status.remarks().findings());
	}

	/**
	 * A pinned host key.
	 */
	record HostKeyAnswer(String algorithm, String fingerprint) {

		static HostKeyAnswer of(HostKey pinned) {
			return new HostKeyAnswer(pinned.key().algorithm(), pinned.key().fingerprint().value());
		}

	}

}
