package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.InvalidInputException;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.sshd.DebugSshd;
import io.latchkey.diagnosis.DebugTries;
import io.latchkey.diagnosis.DebugTry;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.security.SignIns;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import io.latchkey.users.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * A second sshd on a real node: what it says of a try, and that it is gone after it,
 * whatever happens.
 */
class DebugSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private DebugTries tries;

	@Autowired
	private NodeConnector connector;

	@Autowired
	private AuditTrail records;

	@Autowired
	private MockMvc mvc;

	private final SshKeyPair key = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		forgetTheNodes();
		sshd().configure();
		sshd().restart();
		inside("rm -rf /home/deploy/.ssh /root/.ssh; chmod 750 /home/deploy");
	}

	@Test
	void saysWhyAKeyIsRefusedAndIsGoneAfterTheTry() throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", "environment=\"TOKEN=hunter2\",command=\"/bin/hunter3\" " + this.key.publicKey());
		inside("chmod o+w /home/deploy");
		DebugTry begun = this.tries.start(node.name());
		assertThat(begun.running()).isTrue();
		assertThat(begun.command()).contains("-p " + begun.port()).endsWith("@" + sshd().address());
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.tries.start(node.name()))
			.satisfies((ex) -> assertThat(ex.faults().get(0).code()).isEqualTo("debug-sshd.busy"));
		assertThat(page(node, "")).contains("It listens on port " + begun.port()).contains("every 1s");
		assertThat(Ssh.to(sshd().address(), begun.port()).letsIn("deploy", this.key)).isFalse();
		DebugTry ended = ended(node);
		assertThat(page(node, "/log")).contains("The try is over").contains("bad ownership or modes");
		assertThat(page(node, "")).doesNotContain("every 1s").contains("Start another");
		assertThat(ended.lines()).anyMatch(
				(line) -> line.contains("Authentication refused: bad ownership or modes for directory /home/deploy"));
		until(() -> processes() == 0 && !folderIsThere());
		assertThat(recorded(node)).singleElement().asString().contains("on port %d".formatted(begun.port()));
	}

	@Test
	void letsNothingBeDoneAndTellsNoSecrets() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", "environment=\"TOKEN=hunter2\",command=\"/bin/hunter3\" " + this.key.publicKey());
		sshd().configure("SetEnv TOKEN=hunter4", "PermitUserEnvironment yes");
		sshd().restart();
		DebugTry begun = this.tries.start(node.name());
		assertThat(Ssh.to(sshd().address(), begun.port())
			.run("deploy", this.key.privateKey(), "touch /home/deploy/made")
			.output()).contains("the login works");
		DebugTry ended = ended(node);
		assertThat(ended.lines()).anyMatch((line) -> line.startsWith("Accepted publickey for deploy"));
		assertThat(String.join("\n", ended.lines())).doesNotContain("hunter");
		assertThat(sshd().runInside("sh", "-c", "ls /home/deploy").output()).doesNotContain("made");
	}

	@Test
	void isGoneWhenItIsStoppedAndWhenTheConnectionIsKilled() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.tries.start(node.name());
		this.tries.stop(node.name());
		ended(node);
		until(() -> processes() == 0 && !folderIsThere());
		this.tries.start(node.name());
		assertThat(processes()).isPositive();
		// the end of Latchkey's connection on the node
		inside("kill -KILL $(ps -eo ppid,args | awk '$1 > 1 && /latchkey-node all$/ { print $1 }')");
		until(() -> processes() == 0 && !folderIsThere());
		ended(node);
	}

	/** The node itself counts the seconds, though the conversation goes on. */
	@Test
	void isGoneWhenItsTimeIsOver() {
		Node node = enrolledNode(Mode.ADDITIVE);
		try (NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node),
				new Login(node.management().account(), node.management().privilege(), Secret.ManagementKey.of(node)))) {
			assertThat(conversation.ask(new DebugSshd.Start(4)).failure()).isNull();
			assertThat(conversation.ask(new DebugSshd.Read(0)).ended()).isFalse();
			until(() -> conversation.ask(new DebugSshd.Read(0)).ended());
			until(() -> processes() == 0);
		}
		until(() -> !folderIsThere());
	}

	@Test
	void opensNoOtherPort() {
		Node node = enrolledNode(Mode.ADDITIVE);
		// it is heeded by the second one alone
		inside("sed -i '1 i ListenAddress 127.0.0.1:1' /mnt/node/sshd_config");
		DebugTry begun = this.tries.start(node.name());
		assertThat(Ssh.to(sshd().address(), begun.port()).letsIn("deploy", this.key)).isFalse();
		assertThat(ended(node).lines()).noneMatch((line) -> line.contains("listening on 127.0.0.1 port 1."))
			.anyMatch((line) -> line.contains("Failed publickey for deploy"));
	}

	@Test
	void showsTheLineThatSshdDoesNotTake() {
		Node node = enrolledNode(Mode.ADDITIVE);
		inside("sed -i '1 i PermitRotLogin no' /mnt/node/sshd_config");
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.tries.start(node.name()))
			.satisfies((ex) -> assertThat(ex.faults().get(0).arguments().toString()).contains("line 1")
				.contains("PermitRotLogin"));
		assertThat(folderIsThere()).isFalse();
	}

	private String page(Node node, String part) throws Exception {
		return this.mvc
			.perform(get("/nodes/{name}/debug-sshd" + part, node.name()).with(SignIns.fresh("admin", Role.ADMIN)))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	private DebugTry ended(Node node) {
		until(() -> this.tries.of(node.name()).filter((tried) -> !tried.running()).isPresent());
		return this.tries.of(node.name()).orElseThrow();
	}

	private List<String> recorded(Node node) {
		return this.records
			.list(new AuditQuery(null, "debug-sshd.started", "node:" + node.name(), null, null, null),
					PageRequest.of(0, 10))
			.map(AuditRecord::detail)
			.getContent();
	}

	private int processes() {
		return Integer
			.parseInt(sshd().runInside("sh", "-c", "ps -eo args | grep -c '[s]shd.* -ddd' || :").output().strip());
	}

	private boolean folderIsThere() {
		return sshd().runInside("sh", "-c", "ls /run; :").output().contains("latchkey-debug");
	}

	private void inside(String script) {
		sshd().runInside("sh", "-c", script + "\n:");
	}

}
