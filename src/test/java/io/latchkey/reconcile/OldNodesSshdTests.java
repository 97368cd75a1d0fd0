package io.latchkey.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes whose sshd says that it is an old one, or another server, whose clock is off, or
 * that have busybox and nothing else.
 */
class OldNodesSshdTests extends JobOnSshd {

	private static final Duration LONG = Duration.ofHours(2);

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private final SshKeyPair key = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	/** What was mounted goes with the node. */
	@AfterEach
	void asItWas() {
		sshd().authorize("deploy");
		sshd().restart();
	}

	@Test
	void anSshdBeforeExpiryTimeGetsNoneAndThatIsSaid() {
		pretend("OpenSSH_7.4p1");
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		Grant grant = grant(person, node, "deploy", LONG);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE);
			assertThat(entry.detail()).contains("ends only while Latchkey reaches the node");
		});
		assertThat(file("deploy")).isEqualTo(this.key.publicKey() + "\n");
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).sshVersion()).startsWith("OpenSSH_7.4p1");
		assertThat(findings(node)).singleElement().asString().contains("knows no expiry-time");

		Grant touched = grantWith(person, node, "alice",
				new GrantOptions(List.of(), null, false, Set.of(), Map.of(), true));
		assertThat(settled(touched).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.detail()).contains("too old for verify-required"));
		assertThat(file("alice")).doesNotContain("verify-required");
	}

	@Test
	void anSshdBeforeRestrictGetsEachPermissionTakenByName() {
		pretend("OpenSSH_6.6p1");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grantWith(identityWith(this.key), node, "deploy",
				new GrantOptions(List.of(), null, true, Set.of(), Map.of(), false));
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(file("deploy")).doesNotContain("restrict").contains("no-pty").contains("no-port-forwarding");
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
	}

	@Test
	void anSshdBeforeUtcGetsTheTimeOfItsOwnZone() {
		pretend("OpenSSH_8.4p1");
		sshd().runInside("mount", "--bind", "/usr/share/zoneinfo/Asia/Kolkata", "/usr/share/zoneinfo/Etc/UTC");
		sshd().runInside("sh", "-c", "mount --bind /usr/share/zoneinfo/Asia/Kolkata \"$(readlink -f /etc/localtime)\"");
		Assumptions.assumeTrue(sshd().runInside("date", "+%z").output().startsWith("+0530"), "the zone can be set");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", Patience.of(Duration.ofSeconds(8)));
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(file("deploy")).containsPattern("expiry-time=\"\\d{14}\"");
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
		Instant end = grant.expiresAt();
		assertThat(end).isNotNull();
		await().atMost(PATIENCE).until(() -> !this.clock.instant().isBefore(end));
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		assertThat(findings(node)).isEmpty();
	}

	@Test
	void dropbearGetsWhatItKnowsAlone() {
		pretend("dropbear_2022");
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		Grant grant = grant(person, node, "deploy", LONG);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(file("deploy")).isEqualTo(this.key.publicKey() + "\n");
		assertThat(findings(node)).singleElement().asString().contains("dropbear_2022").contains("no expiry-time");
		Grant limited = grantWith(person, node, "alice",
				new GrantOptions(List.of("192.0.2.0/24"), null, false, Set.of(), Map.of(), false));
		assertThat(settled(limited).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.detail()).contains("knows neither from nor environment"));
	}

	@Test
	void aClockThatIsOffIsFoundAndAllowedFor() {
		sshd().runInside("sh", "-c", """
				mount -t tmpfs tmpfs /usr/local/sbin
				cat >/usr/local/sbin/date <<'EOF'
				#!/bin/sh
				exec /bin/date -d "90 seconds ago" "$@"
				EOF
				chmod 755 /usr/local/sbin /usr/local/sbin/date""");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", LONG);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		check(node);
		assertThat(findings(node)).singleElement().asString().containsPattern("clock of the node is (89|90) s behind");
		Instant end = grant.expiresAt();
		assertThat(end).isNotNull();
		assertThat(file("deploy")).containsPattern("expiry-time=\"\\d{14}Z\"")
			.doesNotContain(stamp(end.minusSeconds(1)))
			.containsAnyOf(stamp(end.minusSeconds(91)), stamp(end.minusSeconds(90)));
	}

	@Test
	@RequiresProgram("busybox")
	void aNodeWithBusyboxAndNothingElseIsServed() {
		sshd().runInside("sh", "-c", """
				mkdir /mnt/bin /mnt/sbin
				cp "$(command -v busybox)" /mnt/bin/busybox
				cp /usr/sbin/sshd /mnt/sbin/sshd
				/mnt/bin/busybox --install /mnt/bin
				# Debian's busybox has none
				[ -x /mnt/bin/su ] || cp "$(command -v su)" /mnt/bin/su
				chmod 755 /mnt /mnt/bin /mnt/sbin
				mount --bind /mnt/sbin /usr/sbin
				mount --bind /mnt/bin /usr/bin""");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", LONG);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		Grant asRoot = grant(identityWith(SshKeys.generate()), node, "root", null);
		assertThat(settled(asRoot).inPlace()).isEqualTo(1);
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
	}

	/**
	 * Serves those who come from now on by the same sshd, which gives itself out as
	 * another: its name is as long as that of the installed one.
	 */
	private void pretend(String version) {
		sshd().runInside("sh", "-c", """
				installed=$(grep -a -o -m 1 'OpenSSH_[0-9]\\.[0-9]p[0-9]' /usr/sbin/sshd | head -n 1)
				[ "${#installed}" = "${#1}" ] || exit 0
				LC_ALL=C sed "s/$installed/$1/g" /usr/sbin/sshd >/mnt/sshd
				chmod 755 /mnt/sshd
				mount --bind /mnt/sshd /usr/sbin/sshd""", "sh", version);
		String found = sshd().runInside("sh", "-c", "grep -a -c \"$1\" /usr/sbin/sshd || true", "sh", version).output();
		Assumptions.assumeFalse("0".equals(found.strip()), "the name of sshd can be changed");
	}

	private Grant grantWith(String identity, Node node, String account, GrantOptions options) {
		return this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, identity),
				new Target(Target.Kind.NODE, node.name()), account, null, null, null, null, options));
	}

	private static String stamp(Instant instant) {
		return instant.toString().replaceAll("\\..*", "").replaceAll("[^0-9]", "");
	}

	private List<String> findings(Node node) {
		return this.nodeStates.of(node.id()).remarks().findings();
	}

}
