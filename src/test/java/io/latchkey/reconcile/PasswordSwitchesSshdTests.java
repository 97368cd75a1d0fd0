package io.latchkey.reconcile;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.latchkey.ApplicationTest;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.passwords.PasswordChange;
import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;
import io.latchkey.passwords.PasswordDemand;
import io.latchkey.passwords.PasswordDemand.Console;
import io.latchkey.passwords.PasswordLogin;
import io.latchkey.passwords.PasswordState;
import io.latchkey.passwords.PasswordSwitches;
import io.latchkey.passwords.Readiness;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** From the readiness of a node to the end of its passwords, and back. */
class PasswordSwitchesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private static final String INCLUDE = "Include /mnt/node/sshd_config.d/*.conf";

	private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2026-01-01T00:00:00Z");

	private static final PasswordChoice OFF = new PasswordChoice(Passwords.OFF, RootLogin.AS_CONFIGURED);

	@Autowired
	private PasswordSwitches switches;

	@Autowired
	private Clusters clusters;

	@Autowired
	private AuditTrail audit;

	@Autowired
	private MockMvc api;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void include() {
		begin(INCLUDE);
	}

	@AfterEach
	void forget() {
		forgetTheNodes();
		sshd().authorize("root");
		sshd().authorize("deploy");
		begin();
	}

	@Test
	void saysWhoWouldBeShutOut() {
		sshd().authorize("deploy", SshKeys.generate().publicKey());
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		assertThat(readiness.state()).isEqualTo(PasswordState.ON);
		assertThat(readiness.obstacles()).isEmpty();
		assertThat(readiness.file()).isEqualTo("/mnt/node/sshd_config.d/00-latchkey.conf");
		assertThat(check(readiness, Subject.ACCOUNTS).details()).contains("alice").doesNotContain("deploy", "root");
		assertThat(check(readiness, Subject.OWN_LOGIN).text()).contains("as root by key");
		assertThat(check(readiness, Subject.ROOT_LOGIN).status()).isEqualTo(Status.WARNING);
		assertThat(check(readiness, Subject.EMERGENCY_KEY).status()).isEqualTo(Status.WARNING);
		assertThat(this.switches.of(node.id())).map(PasswordLogin::state).contains(PasswordState.ON);
	}

	@Test
	void switchesOffAndBack() {
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		PasswordChange off = this.switches.decide(node.name(), demand(OFF, readiness.digest()));
		assertThat(off.detail()).isNull();
		assertThat(off.done()).isTrue();
		assertThat(off.state()).isEqualTo(PasswordState.OFF);
		assertThat(letsInByPassword()).isFalse();
		assertThat(this.switches.of(node.id())).hasValueSatisfying((login) -> {
			assertThat(login.choice()).isEqualTo(OFF);
			assertThat(login.drifted()).isFalse();
		});
		check(node);
		PasswordChange on = this.switches.decide(node.name(), demand(PasswordChoice.NOTHING, null));
		assertThat(on.done()).isTrue();
		assertThat(on.state()).isEqualTo(PasswordState.ON);
		assertThat(letsInByPassword()).isTrue();
		assertThat(this.audit.list(AuditQuery.ALL, PageRequest.of(0, 20)).getContent())
			.filteredOn((record) -> record.action().equals("node.password-login-decided")
					&& record.subject().equals("node:" + node.name()))
			.extracting(AuditRecord::detail)
			.containsExactly("passwords AS_CONFIGURED (before: OFF), root login AS_CONFIGURED (before: AS_CONFIGURED)",
					"passwords OFF (before: AS_CONFIGURED), root login AS_CONFIGURED (before: AS_CONFIGURED)");
	}

	@Test
	void nothingIsDoneWithoutTheConsoleOrUnseen() {
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.switches.decide(node.name(),
				new PasswordDemand(OFF, Console.NOT_CONFIRMED, readiness.digest())));
		sshd().runInside("sh", "-c",
				"printf 'Match User deploy\\nPasswordAuthentication yes\\n' >/mnt/node/sshd_config.d/10-deploy.conf");
		PasswordChange change = this.switches.decide(node.name(), demand(OFF, readiness.digest()));
		assertThat(change.done()).isFalse();
		assertThat(change.detail()).contains("Look again");
		Readiness again = this.switches.look(node.name());
		assertThat(check(again, Subject.MATCH).details())
			.containsExactly("/mnt/node/sshd_config.d/10-deploy.conf line 1: Match User deploy");
		assertThat(this.switches.decide(node.name(), demand(OFF, again.digest())).state())
			.isEqualTo(PasswordState.PARTLY);
	}

	@Test
	void leavesAloneWhatAsksForAPasswordAsWell() {
		Node node = seenNode();
		sshd().runInside("sh", "-c",
				"printf 'Match User alice\\nAuthenticationMethods publickey,password\\n' >/mnt/node/sshd_config.d/10-two.conf");
		Readiness readiness = this.switches.look(node.name());
		assertThat(readiness.obstacles()).singleElement().asString().contains("AuthenticationMethods");
		assertThat(this.switches.decide(node.name(), demand(OFF, readiness.digest())).done()).isFalse();
		assertThat(letsInByPassword()).isTrue();
	}

	@Test
	void hasRootLetInByKeyAlone() {
		Node node = seenNode();
		PasswordChoice choice = new PasswordChoice(Passwords.AS_CONFIGURED, RootLogin.KEY_ONLY);
		assertThat(ssh().runWithPassword("root", sshd().password(), "true").exitStatus()).isZero();
		assertThat(this.switches.decide(node.name(), demand(choice, null)).detail()).isNull();
		assertThat(ssh().runWithPassword("root", sshd().password(), "true").exitStatus()).isNotZero();
		assertThat(letsInByPassword()).isTrue();
		assertThat(check(this.switches.look(node.name()), Subject.ROOT_LOGIN).status()).isEqualTo(Status.OK);
	}

	/** The first value counts, so that it would be looser. */
	@Test
	void loosensNothingForRoot() {
		Node node = seenNode();
		sshd().runInside("sh", "-c", "echo 'PermitRootLogin forced-commands-only' >/mnt/node/sshd_config.d/10.conf");
		PasswordChange change = this.switches.decide(node.name(),
				demand(new PasswordChoice(Passwords.AS_CONFIGURED, RootLogin.KEY_ONLY), null));
		assertThat(change.done()).isFalse();
		assertThat(change.detail()).contains("forced-commands-only");
	}

	/** A change that locks Latchkey out is undone although sshd takes it. */
	@Test
	void undoesWhatTheFreshLoginDoesNotProve() {
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		// not loaded yet: a reload brings it into force as well
		sshd().runInside("sh", "-c", "echo 'DenyUsers root' >/mnt/node/sshd_config.d/90.conf");
		PasswordChange change = this.switches.decide(node.name(), demand(OFF, readiness.digest()));
		assertThat(change.done()).isFalse();
		assertThat(change.detail()).contains("The login that was to prove it failed", "All is as it was");
		until(this::letsInByPassword);
	}

	@Test
	void saysThatAnAccountAloneDecidesNothing() {
		NodeDraft draft = new NodeDraft("job-self", sshd().address(), sshd().port(), "deploy", Privilege.SELF,
				Mode.ADDITIVE, Map.of());
		Node node = enrol(add(draft));
		Readiness readiness = this.switches.look(node.name());
		assertThat(readiness.obstacles()).singleElement().asString().contains("only root decides");
		assertThat(this.switches.decide(node.name(), demand(OFF, readiness.digest())).done()).isFalse();
	}

	@Test
	void switchesAClusterAndSaysWhatBecameOfEach() {
		Node node = seenNode();
		NodeDraft self = new NodeDraft("job-self-2", sshd().address(), sshd().port(), "deploy", Privilege.SELF,
				Mode.ADDITIVE, Map.of());
		Node other = enrol(add(self));
		this.clusters.create("passwordless", null, List.of(node.name(), other.name()));
		try {
			List<Readiness> looks = this.switches.lookAtCluster("passwordless");
			assertThat(looks).hasSize(2);
			Map<String, String> seen = Map.of(looks.get(0).node(), looks.get(0).digest(), looks.get(1).node(),
					looks.get(1).digest());
			assertThat(this.switches.decideOnCluster("passwordless", demand(OFF, null), seen))
				.extracting(PasswordChange::node, PasswordChange::done)
				.containsExactlyInAnyOrder(tuple(node.name(), true), tuple(other.name(), false));
			assertThat(letsInByPassword()).isFalse();
		}
		finally {
			this.clusters.delete("passwordless");
		}
	}

	/** Somebody turns it on again: said, and put right where the node is exclusive. */
	@Test
	void aRunNoticesThatItIsOnAgain() {
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		assertThat(this.switches.decide(node.name(), demand(OFF, readiness.digest())).detail()).isNull();
		sshd().runInside("rm", "/mnt/node/sshd_config.d/00-latchkey.conf");
		this.jdbc.sql("update password_login set seen_at = :long").param("long", LONG_AGO).update();
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("sshd lets in by them again"));
		assertThat(this.switches.of(node.id())).map(PasswordLogin::drifted).contains(true);
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).as("told without a look as well")
			.anySatisfy((finding) -> assertThat(finding).contains("sshd lets in by them again"));

		switchTo(node, Mode.EXCLUSIVE);
		this.jdbc.sql("update password_login set seen_at = :long").param("long", LONG_AGO).update();
		check(node);
		assertThat(letsInByPassword()).isFalse();
		assertThat(this.switches.of(node.id())).hasValueSatisfying((login) -> {
			assertThat(login.state()).isEqualTo(PasswordState.OFF);
			assertThat(login.detail()).isNull();
		});
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isEmpty();
		assertThat(this.audit.list(AuditQuery.ALL, PageRequest.of(0, 20)).getContent()).extracting(AuditRecord::action)
			.contains("node.password-login-mended");
	}

	@Test
	void theApiLooksAndSwitches() throws Exception {
		Node node = seenNode();
		String path = "/api/v1/nodes/" + node.name() + "/password-login";
		String authorization = "Bearer " + ApplicationTest.TOKEN;
		this.api.perform(get(path).header("Authorization", authorization))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.state").value("UNKNOWN"));
		this.api.perform(post(path + "/look").header("Authorization", authorization))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.possible").value(true))
			.andExpect(jsonPath("$.checks[0].subject").value("SSHD"));
		this.api
			.perform(put(path).header("Authorization", authorization)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"passwords\": \"off\"}"))
			.andExpect(status().isUnprocessableContent());
		this.api
			.perform(put(path).header("Authorization", authorization)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"passwords\": \"OFF\", \"console\": true, \"seen\": \"%s\"}"
					.formatted(this.switches.look(node.name()).digest())))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.passwords").value("OFF"))
			.andExpect(jsonPath("$.state").value("OFF"));
		assertThat(letsInByPassword()).isFalse();
	}

	/** Its accounts were looked at. */
	private Node seenNode() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		return node;
	}

	private static PasswordDemand demand(PasswordChoice choice, @Nullable String seen) {
		return new PasswordDemand(choice, Console.CONFIRMED, seen);
	}

	private static Readiness.Check check(Readiness readiness, Subject subject) {
		return readiness.checks().stream().filter((check) -> check.subject() == subject).findFirst().orElseThrow();
	}

	private void begin(String... lines) {
		sshd().runInside("sh", "-c",
				"rm -rf /mnt/node/sshd_config.d /mnt/node/.latchkey*; mkdir /mnt/node/sshd_config.d");
		sshd().configure(lines);
		sshd().restart();
	}

	private boolean letsInByPassword() {
		return ssh().runWithPassword("alice", sshd().password(), "true").exitStatus() == 0;
	}

}
