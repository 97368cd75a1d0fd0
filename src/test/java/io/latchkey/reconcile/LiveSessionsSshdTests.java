package io.latchkey.reconcile;

import java.time.Duration;
import java.time.ZoneOffset;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.SessionQuery;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are open while their access is taken away; {@code ssh} is the judge.
 */
@RequiresProgram({ "sshd", "pkill" })
class LiveSessionsSshdTests extends JobOnSshd {

	private static final Duration SOON = Patience.of(Duration.ofSeconds(5));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	Revocations revocations;

	@Autowired
	Findings findings;

	@Autowired
	JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void endsTheSessionsOfTheKeyAndNobodyElses() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair hers = SshKeys.generate();
		SshKeyPair his = SshKeys.generate();
		String alice = identityWith(hers);
		Grant shared = grant(alice, node, "deploy", null);
		Grant other = grant(alice, node, "alice", null);
		Grant bobs = grant(identityWith(his), node, "deploy", null);
		settled(shared);
		settled(other);
		settled(bobs);
		try (SshSession plain = ssh().open("deploy", hers);
				SshSession terminal = ssh().open("deploy", hers, "-tt");
				SshSession elsewhere = ssh().open("alice", hers);
				SshSession colleague = ssh().open("deploy", his)) {
			this.revocations.revoke(shared.id(), LiveSessions.END);
			Delivery delivery = settled(shared);
			assertThat(plain.endsWithin(SOON)).isTrue();
			assertThat(terminal.endsWithin(SOON)).isTrue();
			assertThat(elsewhere.isOpen()).isTrue();
			assertThat(colleague.isOpen()).isTrue();
			assertThat(delivery.nodes()).singleElement().satisfies((entry) -> {
				assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED);
				assertThat(entry.detail()).isEqualTo("2 live sessions were ended.");
			});
			assertThat(this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent()).singleElement()
				.satisfies((run) -> assertThat(run.detail()).isEqualTo("2 live sessions were ended."));
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		}
		assertThat(ssh().letsIn("deploy", hers)).isFalse();
		assertThat(ssh().letsIn("deploy", his)).isTrue();
	}

	@Test
	void leavesSessionsAloneUnlessAsked() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		try (SshSession session = ssh().open("deploy", key)) {
			this.revocations.revoke(grant.id(), LiveSessions.LEAVE);
			assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
				assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED);
				assertThat(entry.detail()).isNull();
			});
			assertThat(ssh().letsIn("deploy", key)).isFalse();
			assertThat(session.isOpen()).isTrue();

			this.revocations.revoke(grant.id(), LiveSessions.END);
			assertThat(settled(grant).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.detail()).isEqualTo("1 live session was ended."));
			assertThat(session.endsWithin(SOON)).isTrue();
		}
	}

	@Test
	void endsThoseOfASuspendedIdentityAlsoAsRoot() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String carol = identityWith(key);
		Grant root = grant(carol, node, "root", null);
		Grant deploy = grant(carol, node, "deploy", null);
		settled(root);
		settled(deploy);
		try (SshSession asRoot = ssh().open("root", key); SshSession asDeploy = ssh().open("deploy", key, "-tt")) {
			this.revocations.suspend(carol, LiveSessions.END);
			assertThat(settled(root).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.detail()).endsWith("1 live session was ended."));
			assertThat(asRoot.endsWithin(SOON)).isTrue();
			assertThat(asDeploy.endsWithin(SOON)).isTrue();
		}
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void leavesTheSessionsOfAKeyThatAnotherGrantLetsIn() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String dave = identityWith(key);
		Grant one = grant(dave, node, "deploy", null);
		Grant other = grant(dave, node, "deploy", null);
		settled(one);
		settled(other);
		try (SshSession session = ssh().open("deploy", key)) {
			this.revocations.revoke(one.id(), LiveSessions.END);
			assertThat(settled(one).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.detail()).startsWith("Another grant lets the key in"));
			assertThat(session.isOpen()).isTrue();
			this.revocations.removeKey(dave, Fingerprint.parse(key.fingerprint()), LiveSessions.END);
			settled(other);
			assertThat(session.endsWithin(SOON)).isTrue();
		}
	}

	@Test
	void endsThemOnceANodeThatWasAwayIsBack() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		try (SshSession session = ssh().open("deploy", key)) {
			stopLettingIn();
			try {
				this.revocations.revoke(grant.id(), LiveSessions.END);
				assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
					assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT);
					assertThat(entry.detail()).contains("still to be ended");
				});
				assertThat(session.isOpen()).isTrue();
			}
			finally {
				sshd().resumeListening();
			}
			check(node);
			assertThat(session.endsWithin(SOON)).isTrue();
			assertThat(settled(grant).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.detail()).isEqualTo("1 live session was ended."));
		}
	}

	@Test
	void givesUpOnANodeThatStaysAwayAndSaysSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		stopLettingIn();
		try {
			this.revocations.revoke(grant.id(), LiveSessions.END);
			this.jdbc.sql("update session_ending set asked_at = :then where grant_id = :grant")
				.param("then", this.clock.instant().minus(Duration.ofHours(25)).atOffset(ZoneOffset.UTC))
				.param("grant", grant.id().value())
				.update();
			check(node);
			until(() -> settled(grant).nodes().get(0).detail().contains("not brought to end the live sessions"));
		}
		finally {
			sshd().resumeListening();
		}
	}

	@Test
	void saysWhatItFoundInTheWordsOfTheBundle() {
		SessionQuery query = new SessionQuery("deploy", Fingerprint.parse(SshKeys.generate().fingerprint()));
		for (EndedSessions.Obstacle obstacle : EndedSessions.Obstacle.values()) {
			assertThat(this.findings.of(new EndedSessions(query, 0, 2, obstacle, "ERROR"))).contains("deploy");
		}
	}

	/** The sessions that are open go on, but for the one that Latchkey keeps. */
	private void stopLettingIn() {
		sshd().pauseListening();
		sshd().runInside("sh", "-c", "pkill -f 'sshd(-session)?: root' || true");
	}

}
