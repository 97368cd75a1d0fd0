package io.latchkey.reconcile;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import io.latchkey.passwords.PasswordRound;
import io.latchkey.passwords.PasswordRounds;
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
	private PasswordRounds rounds;

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
		// it is the same machine, where an account has a key by now
		check(other);
		check(node);
		this.clusters.create("passwordless", null, List.of(node.name(), other.name()));
		try {
			List<Readiness> looks = this.switches.lookAtCluster("passwordless");
			assertThat(looks).hasSize(2);
			Map<String, String> seen = Map.of(looks.get(0).node(), looks.get(0).digest(), looks.get(1).node(),
					looks.get(1).digest());
			PasswordRound round = this.rounds.begin("passwordless", demand(OFF, null), seen);
			assertThat(round.nodes()).hasSize(2);
			this.rounds.await(round, PATIENCE);
			round = this.rounds.last("passwordless").orElseThrow();
			assertThat(round.underWay()).isFalse();
			assertThat(round.nodes()).as(round.toString())
				.extracting(PasswordRound.OnNode::node, PasswordRound.OnNode::outcome)
				.containsExactlyInAnyOrder(tuple(node.name(), PasswordRound.Outcome.DONE),
						tuple(other.name(), PasswordRound.Outcome.LEFT));
			assertThat(letsInByPassword()).isFalse();
		}
		finally {
			this.clusters.delete("passwordless");
		}
	}

	/** As when Latchkey ended before it came to the node. */
	@Test
	void goesOnWithTheNodesThatWait() {
		Node node = seenNode();
		this.clusters.create("passwordless", null, List.of(node.name()));
		try {
			String digest = this.switches.lookAtCluster("passwordless").get(0).digest();
			this.rounds.await(this.rounds.begin("passwordless", demand(OFF, null), Map.of(node.name(), digest)),
					PATIENCE);
			this.rounds.await(this.rounds.begin("passwordless", demand(PasswordChoice.NOTHING, null),
					Map.of(node.name(), this.switches.look(node.name()).digest())), PATIENCE);
			assertThat(letsInByPassword()).isTrue();
			this.jdbc.sql("update password_round set passwords = 'OFF'").update();
			this.jdbc.sql("update password_round_node set outcome = 'WAITING', seen = :seen")
				.param("seen", digest)
				.update();
			assertThat(this.rounds.last("passwordless")).map(PasswordRound::broken).contains(true);
			this.rounds.await(this.rounds.goOn("passwordless"), PATIENCE);
			assertThat(this.rounds.last("passwordless").orElseThrow().nodes()).singleElement()
				.isEqualTo(new PasswordRound.OnNode(node.name(), PasswordRound.Outcome.DONE, PasswordState.OFF, null));
			assertThat(letsInByPassword()).isFalse();
			assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.rounds.goOn("passwordless"));
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
		assertThat(this.switches.drifted()).extracting(PasswordLogin::node).containsExactly(node.id());
		this.switches.look(node.name());
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).as("told without a look as well")
			.anySatisfy((finding) -> assertThat(finding).contains("sshd lets in by them again"));

		switchTo(node, Mode.EXCLUSIVE);
		this.jdbc.sql("update password_login set seen_at = :long").param("long", LONG_AGO).update();
		check(node);
		assertThat(letsInByPassword()).isFalse();
		assertThat(this.switches.of(node.id())).hasValueSatisfying((login) -> {
			assertThat(login.state()).isEqualTo(PasswordState.OFF);
			assertThat(login.drifted()).isFalse();
		});
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isEmpty();
		assertThat(this.switches.drifted()).isEmpty();
		assertThat(this.audit.list(AuditQuery.ALL, PageRequest.of(0, 20)).getContent()).extracting(AuditRecord::action)
			.contains("node.password-login-drifted", "node.password-login-mended");
	}

	/** A Match that came since is named, and nobody takes it away. */
	@Test
	void aRunNoticesWhoIsLetInAgain() {
		Node node = seenNode();
		assertThat(off(node).detail()).isNull();
		sshd().runInside("sh", "-c",
				"printf 'Match User deploy\\nPasswordAuthentication yes\\n' >/mnt/node/sshd_config.d/10-deploy.conf");
		switchTo(node, Mode.EXCLUSIVE);
		checkLater(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("for some", "10-deploy.conf: Match User deploy"));
		assertThat(this.switches.of(node.id())).map(PasswordLogin::state).contains(PasswordState.PARTLY);
		sshd().runInside("rm", "/mnt/node/sshd_config.d/10-deploy.conf");
		checkLater(node);
		assertThat(this.switches.of(node.id())).map(PasswordLogin::drifted).contains(false);
	}

	/** The setting of another file goes some day, and then they are on. */
	@Test
	void aRunPutsLinesBackThatNobodyMisses() {
		Node node = seenNode();
		assertThat(off(node).detail()).isNull();
		sshd().runInside("sh", "-c",
				"cd /mnt/node/sshd_config.d; sed 's/^#.*//' 00-latchkey.conf >50-mine.conf; rm 00-latchkey.conf");
		switchTo(node, Mode.EXCLUSIVE);
		checkLater(node);
		assertThat(this.switches.look(node.name()).ours()).isTrue();
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isEmpty();
	}

	/** What is read before Latchkey's file is named, and stays. */
	@Test
	void aRunSaysWhatKeepsItFromMending() {
		Node node = seenNode();
		assertThat(off(node).detail()).isNull();
		sshd().runInside("sh", "-c", "echo 'PasswordAuthentication yes' >/mnt/node/sshd_config.d/00-a.conf");
		switchTo(node, Mode.EXCLUSIVE);
		checkLater(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).anySatisfy(
				(finding) -> assertThat(finding).contains("could not be switched off again", "00-a.conf line 1"));
		sshd().runInside("sh", "-c", "echo 'Bogus yes' >/mnt/node/sshd_config.d/00-a.conf");
		checkLater(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).anySatisfy(
				(finding) -> assertThat(finding).contains("It is not known whether passwords are off", "Bogus"));
	}

	/** Who looked before the other one decided has to look again, whatever they want. */
	@Test
	void theSecondOfTwoAdminsLooksAgain() {
		Node node = seenNode();
		String seen = this.switches.look(node.name()).digest();
		assertThat(this.switches.decide(node.name(), demand(OFF, seen)).detail()).isNull();
		for (PasswordChoice choice : List.of(OFF, PasswordChoice.NOTHING,
				new PasswordChoice(Passwords.AS_CONFIGURED, RootLogin.KEY_ONLY))) {
			PasswordChange late = this.switches.decide(node.name(), demand(choice, seen));
			assertThat(late.done()).isFalse();
			assertThat(late.detail()).contains("Look again");
		}
		assertThat(letsInByPassword()).isFalse();
		assertThat(this.switches.of(node.id())).map(PasswordLogin::choice).contains(OFF);
	}

	@Test
	void theStepOfRootIsUndoneByItself() {
		Node node = seenNode();
		PasswordChoice both = new PasswordChoice(Passwords.OFF, RootLogin.KEY_ONLY);
		assertThat(this.switches.decide(node.name(), demand(both, this.switches.look(node.name()).digest())).detail())
			.isNull();
		assertThat(rootLogin()).isEqualTo("without-password");
		assertThat(off(node).detail()).isNull();
		assertThat(rootLogin()).isEqualTo("yes");
		assertThat(letsInByPassword()).isFalse();
	}

	/** Logs that Latchkey has read count, also where the node has lost them. */
	@Test
	void whoCameByPasswordIsKnownFromTheLogins() {
		Node node = seenNode();
		this.jdbc
			.sql("""
					insert into login (at, since, times, logged_on, counted, node, account, outcome, method, address, proved)
					values (:at, :at, 7, :day, false, :node, 'deploy', 'ACCEPTED', 'password', '192.0.2.9', true)""")
			.param("at", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC).minusDays(60))
			.param("day", LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).minusDays(60))
			.param("node", node.name())
			.update();
		assertThat(check(this.switches.look(node.name()), Subject.LOGINS).details())
			.anySatisfy((detail) -> assertThat(detail).startsWith("deploy (7×, "));
	}

	/** Latchkey may have ended in the midst of it: the node has undone it by then. */
	@Test
	void aRunLooksWhatBecameOfAChangeWithoutAnEnd() {
		Node node = seenNode();
		Readiness readiness = this.switches.look(node.name());
		sshd().runInside("sh", "-c", "echo 'DenyUsers root' >/mnt/node/sshd_config.d/90.conf");
		assertThat(this.switches.decide(node.name(), demand(OFF, readiness.digest())).done()).isFalse();
		assertThat(this.switches.of(node.id())).map(PasswordLogin::unsettledUntil).isPresent();
		sshd().runInside("rm", "/mnt/node/sshd_config.d/90.conf");
		sshd().restart();
		this.jdbc.sql("update password_login set unsettled_until = :long").param("long", LONG_AGO).update();
		check(node);
		assertThat(this.switches.of(node.id())).hasValueSatisfying((login) -> {
			assertThat(login.unsettledUntil()).isNull();
			assertThat(login.state()).isEqualTo(PasswordState.ON);
			assertThat(login.drifted()).isFalse();
		});
	}

	/** It was settled on the node, and ended before that was on record. */
	@Test
	void linesThatAreNotOnRecordAreSaidAndCanGo() {
		Node node = seenNode();
		assertThat(off(node).detail()).isNull();
		this.jdbc.sql("""
				update password_login set passwords = 'AS_CONFIGURED', decided_at = null, exceptions = null,
				unsettled_until = :long""").param("long", LONG_AGO).update();
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("although nothing was decided"));
		assertThat(this.switches.decide(node.name(), demand(PasswordChoice.NOTHING, null)).detail()).isNull();
		assertThat(letsInByPassword()).isTrue();
		assertThat(this.switches.drifted()).isEmpty();
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

	private PasswordChange off(Node node) {
		return this.switches.decide(node.name(), demand(OFF, this.switches.look(node.name()).digest()));
	}

	/** As after the time in which runs leave it alone. */
	private void checkLater(Node node) {
		this.jdbc.sql("update password_login set seen_at = :long").param("long", LONG_AGO).update();
		check(node);
	}

	private String rootLogin() {
		return sshd()
			.runInside("sh", "-c", "/usr/sbin/sshd -T -f /mnt/node/sshd_config | sed -n 's/^permitrootlogin //p'")
			.output()
			.strip();
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
