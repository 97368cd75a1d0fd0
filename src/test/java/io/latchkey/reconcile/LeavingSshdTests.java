package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.ApplicationTest;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.leaving.Leavings;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * A node leaves clean, also when it is away or Latchkey dies in the middle.
 */
class LeavingSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private final SshKeyPair foreign = SshKeys.generate();

	private final SshKeyPair granted = SshKeys.generate();

	@Autowired
	private Leavings leavings;

	@Autowired
	private ManagementKeys managementKeys;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MockMvc api;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void writeForeignLines() {
		for (String account : List.of("root", "deploy")) {
			sshd().authorize(account, "# of " + account, "", this.foreign.publicKey() + "  by hand");
		}
	}

	@AfterEach
	void emptyTheFiles() {
		forgetTheNodes();
		sshd().authorize("root");
		sshd().authorize("deploy");
	}

	@ParameterizedTest
	@EnumSource(Mode.class)
	void whatLatchkeyPutThereGoesAndEverythingElseStaysByteForByte(Mode mode) {
		String root = file("root");
		String deploy = file("deploy");
		Node node = grantedNode((mode == Mode.OBSERVE) ? Mode.ADDITIVE : mode);
		if (mode == Mode.OBSERVE) {
			switchTo(node, mode);
		}
		assertThat(file("root")).isNotEqualTo(root);
		assertThat(file("deploy")).isNotEqualTo(deploy);

		this.leavings.leave(node.name());
		until(() -> this.nodes.find(node.name()).isEmpty());

		assertThat(file("root")).isEqualTo(root);
		assertThat(file("deploy")).isEqualTo(deploy);
		assertThat(ssh().letsIn("deploy", this.granted.privateKey())).isFalse();
		assertThat(ssh().letsIn("deploy", this.foreign.privateKey())).isTrue();
	}

	@Test
	void aNodeThatIsAwaySaysSoAndLeavesWhenItIsBack() throws Exception {
		Node node = grantedNode(Mode.ADDITIVE);
		sshd().stop();
		try {
			delete(node).andExpect(status().isAccepted())
				.andExpect(jsonPath("$.state").value("UNREACHABLE"))
				.andExpect(jsonPath("$.leavingSince").isNotEmpty())
				.andExpect(jsonPath("$.stateDetail").isNotEmpty());
		}
		finally {
			sshd().start();
		}
		delete(node).andExpect(status().isNoContent());
		delete(node).andExpect(status().isNoContent());
		assertThat(file("root")).doesNotContain(managementKey());
	}

	@Test
	void oneThatIsKeptGetsBackWhatWasTakenOff() {
		Node node = grantedNode(Mode.ADDITIVE);
		sshd().stop();
		try {
			this.leavings.leave(node.name());
			settle(node);
			this.leavings.stay(node.name());
		}
		finally {
			sshd().start();
		}
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(this.nodeStates.of(node.id()).leavingSince()).isNull();
		assertThat(ssh().letsIn("deploy", this.granted.privateKey())).isTrue();
	}

	/** As it is when Latchkey dies right after it took its own line off. */
	@Test
	void aLoginThatIsRefusedAfterTheLastLineWentIsTheProof() {
		Node node = grantedNode(Mode.ADDITIVE);
		sshd().stop();
		this.leavings.leave(node.name());
		settle(node);
		sshd().authorize("root");
		sshd().authorize("deploy");
		sshd().start();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);
		assertThat(this.nodes.find(node.name())).isPresent();

		this.jdbc.sql("update leaving set last_line_at = asked_at where node_id = :node")
			.param("node", node.id().value())
			.update();
		this.reconciler.checkNow(node.id());
		until(() -> this.nodes.find(node.name()).isEmpty());
	}

	@Test
	void oneThatStillLetsLatchkeyInAnotherWayIsNotGone() {
		Node node = grantedNode(Mode.ADDITIVE);
		sshd().configure("AuthorizedKeysCommand /bin/echo " + managementKey(), "AuthorizedKeysCommandUser root");
		sshd().restart();
		try {
			this.leavings.leave(node.name());
			settle(node);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.FAILED);
			assertThat(this.nodeStates.of(node.id()).remarks().detail()).contains("still lets it in");
			assertThat(file("root")).doesNotContain(managementKey());
		}
		finally {
			sshd().configure();
			sshd().restart();
		}
		this.leavings.leave(node.name());
		until(() -> this.nodes.find(node.name()).isEmpty());
	}

	@Test
	void oneThatNeverLetLatchkeyInIsDeletedAtOnce() {
		Node node = addedNode(Mode.ADDITIVE);
		this.leavings.leave(node.name());
		assertThat(this.nodes.find(node.name())).isEmpty();
	}

	private ResultActions delete(Node node) throws Exception {
		return this.api
			.perform(MockMvcRequestBuilders.delete("/api/v1/nodes/{name}?cleanup=true&wait=PT20S", node.name())
				.header("Authorization", "Bearer " + ApplicationTest.TOKEN));
	}

	private Node grantedNode(Mode mode) {
		Node node = enrolledNode(mode);
		String identity = identityWith(this.granted);
		settled(grant(identity, node, "deploy", null));
		settled(grant(identity, node, "root", null));
		assertThat(ssh().letsIn("deploy", this.granted.privateKey())).isTrue();
		return node;
	}

	private String managementKey() {
		return this.managementKeys.publicKey().render();
	}

	private void settle(Node node) {
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

}
