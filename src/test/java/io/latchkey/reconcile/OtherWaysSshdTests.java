package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Closing;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.OtherWays;
import io.latchkey.delivery.Revocations;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What lets somebody in beside a grant that is revoked; {@code ssh} is the judge.
 */
@RequiresProgram({ "sshd", "ssh" })
class OtherWaysSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	Teams teams;

	@Autowired
	OtherWays otherWays;

	@Autowired
	Revocations revocations;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void saysThatATeamStillLetsInAndClosesThatToo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair colleagues = SshKeys.generate();
		String ben = identityWith(key);
		String team = team(ben, identityWith(colleagues));
		Grant own = grant(ben, node, "deploy", null);
		Grant shared = grantTo(team, node);
		settled(own);
		settled(shared);
		assertThat(this.otherWays.beside(own.id())).singleElement().satisfies((way) -> {
			assertThat(way.nodes()).containsExactly(node.name());
			assertThat(way.account()).isEqualTo("deploy");
			assertThat(way.way().grant()).isEqualTo(shared.id());
			assertThat(way.way().identities()).containsExactly(ben);
		});

		this.revocations.revoke(own.id(), LiveSessions.LEAVE);
		assertThat(settled(own).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED);
			assertThat(entry.isGone()).isFalse();
			assertThat(entry.otherWays()).singleElement()
				.satisfies((way) -> assertThat(way.subject()).isEqualTo(Subject.parse("team:" + team)));
		});
		assertThat(ssh().letsIn("deploy", key)).isTrue();

		ConfirmationNeededException asked = catchThrowableOfType(ConfirmationNeededException.class,
				() -> this.revocations.closeEveryWay(own.id(), null, LiveSessions.LEAVE));
		assertThat(asked.preview().identities()).containsExactly(ben);
		assertThat(this.teams.get(team).members()).contains(ben);
		this.revocations.closeEveryWay(own.id(), asked.preview().digest(), LiveSessions.LEAVE);
		assertThat(settled(own).nodes()).singleElement().satisfies((entry) -> assertThat(entry.isGone()).isTrue());
		assertThat(this.teams.get(team).members()).hasSize(1).doesNotContain(ben);
		assertThat(ssh().letsIn("deploy", key)).isFalse();
		assertThat(ssh().letsIn("deploy", colleagues)).isTrue();
	}

	@Test
	void isNotGoneWhileTheLineOfTheOtherWayStillStands() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String ben = identityWith(key);
		String team = team(ben);
		Grant own = grant(ben, node, "deploy", null);
		settled(grantTo(team, node));
		settled(own);
		this.revocations.revoke(own.id(), LiveSessions.LEAVE);
		settled(own);
		String rootsFile = file("root");
		sshd().authorize("root");
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);

		this.teams.removeMember(team, ben);
		Delivery left = settled(own);
		assertThat(left.nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT);
			assertThat(entry.isGone()).isFalse();
		});
		assertThat(left.unreachable()).isEqualTo(1);
		assertThat(ssh().letsIn("deploy", key)).isTrue();

		sshd().authorize("root", rootsFile.split("\n"));
		check(node);
		assertThat(settled(own).nodes()).singleElement().satisfies((entry) -> assertThat(entry.isGone()).isTrue());
		assertThat(ssh().letsIn("deploy", key)).isFalse();
	}

	@Test
	void closesAnotherGrantAndAForeignLineWithAnotherOfTheirKeys() {
		SshKeyPair key = SshKeys.generate();
		SshKeyPair byHand = SshKeys.generate();
		SshKeyPair stranger = SshKeys.generate();
		sshd().authorize("deploy", "command=\"true\" " + byHand.publicKey() + " by hand",
				stranger.publicKey() + " somebody");
		Node node = enrolledNode(Mode.ADDITIVE);
		String ben = identityWith(key);
		this.identities.addKey(ben, byHand.publicKey(), null, null);
		Grant one = grant(ben, node, "deploy", null);
		Grant other = grant(ben, node, "deploy", null);
		Grant elsewhere = grant(ben, node, "alice", null);
		settled(one);
		settled(other);
		settled(elsewhere);

		this.revocations.revoke(one.id(), LiveSessions.LEAVE);
		assertThat(settled(one).nodes().get(0).otherWays()).satisfiesExactly(
				(way) -> assertThat(way.grant()).isEqualTo(other.id()),
				(way) -> assertThat(way.foreignKey()).isEqualTo(Fingerprint.parse(byHand.fingerprint())));
		Closing closing = this.revocations.everyWay(one.id());
		assertThat(closing.revoked()).extracting(Grant::id).containsExactly(other.id());
		assertThat(closing.foreign()).extracting(ForeignLine::fingerprint)
			.containsExactly(Fingerprint.parse(byHand.fingerprint()));
		this.revocations.closeEveryWay(one.id(), closing.preview().digest(), LiveSessions.LEAVE);
		assertThat(settled(one).nodes()).singleElement().satisfies((entry) -> assertThat(entry.isGone()).isTrue());
		assertThat(this.grants.get(other.id()).statusAt(this.clock.instant())).isEqualTo(GrantStatus.REVOKED);
		assertThat(this.grants.get(elsewhere.id()).statusAt(this.clock.instant())).isEqualTo(GrantStatus.ACTIVE);
		assertThat(ssh().letsIn("deploy", key)).isFalse();
		assertThat(ssh().letsIn("deploy", byHand)).isFalse();
		assertThat(ssh().letsIn("deploy", stranger)).isTrue();
		assertThat(ssh().letsIn("alice", key)).isTrue();
		assertThat(this.removedLines.list(node.id(), null, PageRequest.of(0, 50))).extracting(RemovedLine::line)
			.anySatisfy((line) -> assertThat(line).endsWith("by hand"));
	}

	@Test
	void closesNothingElseThanWasConfirmed() {
		Node node = enrolledNode(Mode.ADDITIVE);
		String ben = identityWith(SshKeys.generate());
		Grant own = grant(ben, node, "deploy", null);
		String seen = this.revocations.everyWay(own.id()).preview().digest();
		String team = team(ben);
		this.grants.issue(new GrantDraft(Subject.parse("team:" + team), Target.parse("node:" + node.name()), "deploy",
				null, null, null, null, GrantOptions.NONE));
		assertThat(catchThrowableOfType(ConfirmationNeededException.class,
				() -> this.revocations.closeEveryWay(own.id(), seen, LiveSessions.LEAVE)))
			.isNotNull();
		assertThat(this.grants.get(own.id()).statusAt(this.clock.instant())).isEqualTo(GrantStatus.ACTIVE);
		assertThat(this.otherWays.besideTeam(team, ben)).singleElement()
			.satisfies((way) -> assertThat(way.way().grant()).isEqualTo(own.id()));
	}

	private String team(String... members) {
		String name = "other-ways-" + members[0];
		this.teams.create(name, null, List.of(members));
		return name;
	}

	private Grant grantTo(String team, Node node) {
		return this.grants.issue(new GrantDraft(Subject.parse("team:" + team), Target.parse("node:" + node.name()),
				"deploy", null, null, null, null, GrantOptions.NONE));
	}

}
