package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.delivery.Delivery;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files as nobody would write them, file systems that refuse, and a second Latchkey: the
 * job is done all the same, or the file is left as it was.
 */
class OddFilesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes nodesOnSshd = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return nodesOnSshd.first();
	}

	@Test
	void aGrantComesAndGoesAndEveryForeignByteStays() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String person = identityWith(key);
		sshd().authorize("deploy", "# replaced below");
		Path file = sshd().authorizedKeys("deploy");
		for (Map.Entry<String, byte[]> content : contents().entrySet()) {
			String name = content.getKey();
			Files.write(file, content.getValue());
			Grant grant = grant(person, node, "deploy", null);
			assertThat(settled(grant).inPlace()).as(name).isEqualTo(1);
			assertThat(ssh().letsIn("deploy", key.privateKey())).as(name).isTrue();
			this.grants.revoke(grant.id());
			assertThat(settled(grant).nodes()).as(name)
				.singleElement()
				.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
			assertThat(ssh().letsIn("deploy", key.privateKey())).as(name).isFalse();
			assertThat(Files.readAllBytes(file)).as(name).isEqualTo(content.getValue());
		}
	}

	private static Map<String, byte[]> contents() {
		String theirs = SshKeys.generate().publicKey() + " theirs";
		String tenThousand = IntStream.range(0, 10_000)
			.mapToObj((number) -> "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI%08d not-a-key-%d".formatted(number, number))
			.collect(Collectors.joining("\n", "", "\n"));
		Map<String, byte[]> contents = new LinkedHashMap<>();
		contents.put("ten thousand lines", bytes(tenThousand + theirs + "\n"));
		contents.put("a line of 64 KiB", bytes("# " + "x".repeat(64 * 1024) + "\n" + theirs + "\n"));
		contents.put("an option of 64 KiB",
				bytes("environment=\"A=" + "x".repeat(64 * 1024) + "\" " + theirs + "\n" + theirs + "\n"));
		contents.put("CRLF", bytes("# by hand\r\n" + theirs + "\r\n"));
		contents.put("a byte order mark", bytes("\uFEFF# by hand\n" + theirs + "\n"));
		contents.put("NUL", bytes("# by\0hand\n" + theirs + "\n"));
		contents.put("bytes that are no UTF-8", new byte[] { '#', (byte) 0xff, (byte) 0xc0, '\n' });
		contents.put("nothing", new byte[0]);
		return contents;
	}

	@Test
	void aFileWithoutANewlineAtItsEndGetsNoBrokenLine() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair theirs = SshKeys.generate();
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("alice", "# replaced below");
		Files.write(sshd().authorizedKeys("alice"), bytes("# by hand\n" + theirs.publicKey()));
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("alice", theirs.privateKey())).isTrue();
		this.grants.revoke(grant.id());
		settled(grant);
		assertThat(file("alice").stripTrailing()).isEqualTo("# by hand\n" + theirs.publicKey());
	}

	/** What is shown of it is not what stands there. */
	@Test
	void aLineThatShowsAsAnotherKeepsItsBytesAndIsShownAsItIs() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		String theirs = SshKeys.generate().publicKey() + " eve\u202ekcab\u202c \u009b31mred";
		sshd().authorize("alice", "# replaced below");
		Files.write(sshd().authorizedKeys("alice"), bytes(theirs + "\n"));
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(file("alice")).contains(theirs + "\n");
		assertThat(entries(node, "alice")).extracting(AccountState.Entry::is)
			.anyMatch((line) -> line != null && line.endsWith(" eve\uFFFDkcab\uFFFD \uFFFD31mred"));
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(file("alice")).isEqualTo(key.publicKey() + "\n");
		RemovedLine removed = this.removedLines.list(node.id(), "eve", PageRequest.of(0, 10)).getContent().get(0);
		assertThat(removed.line()).endsWith(" eve\uFFFDkcab\uFFFD \uFFFD31mred");
		this.removedLines.restore(node.name(), removed.id());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(file("alice")).contains(theirs + "\n");
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void aDiskWithoutInodesLeavesTheOldFileAndSaysSo() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().runInside("mount", "-t", "tmpfs", "-o", "nr_inodes=8,mode=755", "tmpfs", "/home/alice").orThrow();
		inside("mkdir -m 700 /home/alice/.ssh && echo '# theirs' > /home/alice/.ssh/authorized_keys"
				+ " && chown -R alice: /home/alice && for i in 1 2 3 4 5 6 7 8 9; do touch /home/alice/$i || true; done");
		Grant grant = grant(identityWith(SshKeys.generate()), node, "alice", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("disk is full");
		});
		assertThat(sshd().runInside("cat", "/home/alice/.ssh/authorized_keys").orThrow().output())
			.isEqualTo("# theirs\n");
		inside("rm /home/alice/1 /home/alice/2 /home/alice/3");
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		inside("umount /home/alice");
	}

	@Test
	void aFileSystemThatIsReadOnlyIsNamed() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().runInside("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/home/alice").orThrow();
		inside("mkdir -m 700 /home/alice/.ssh && chown -R alice: /home/alice && mount -o remount,ro /home/alice");
		Grant grant = grant(identityWith(SshKeys.generate()), node, "alice", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("read-only");
		});
		inside("mount -o remount,rw /home/alice");
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		inside("umount /home/alice");
	}

	/** It may have held up the node, which has its time for all of them together. */
	@Test
	void anAccountThatFailedHasItsTurnAfterTheOthers() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		inside("rm -rf /home/alice/.ssh && mkdir -p /home/alice/.ssh/authorized_keys && chown -R alice: /home/alice/.ssh");
		Grant failed = grant(identityWith(SshKeys.generate()), node, "alice", null);
		assertThat(settled(failed).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.FAILED));
		inside("rmdir /home/alice/.ssh/authorized_keys");
		Grant other = grant(identityWith(SshKeys.generate()), node, "deploy", null);
		assertThat(settled(other).inPlace()).isEqualTo(1);
		assertThat(settled(failed).inPlace()).isEqualTo(1);
		assertThat(Files.getLastModifiedTime(sshd().authorizedKeys("alice")))
			.isGreaterThan(Files.getLastModifiedTime(sshd().authorizedKeys("deploy")));
	}

	/** Each knows only its own lines; the other's are foreign to it. */
	@Test
	void twoThatLookAfterOneNodeLeaveEachOthersLinesAlone() {
		sshd().authorize("deploy", "# by hand");
		Node mine = enrolledNode(Mode.ADDITIVE);
		Node theirs = enrolledNode(Mode.ADDITIVE);
		SshKeyPair myKey = SshKeys.generate();
		SshKeyPair theirKey = SshKeys.generate();
		Grant myGrant = grant(identityWith(myKey), mine, "deploy", null);
		Grant theirGrant = grant(identityWith(theirKey), theirs, "deploy", null);
		assertThat(settled(myGrant).inPlace()).isEqualTo(1);
		assertThat(settled(theirGrant).inPlace()).isEqualTo(1);
		check(mine);
		String file = file("deploy");
		for (Node node : List.of(theirs, mine, theirs, mine)) {
			check(node);
			assertThat(file("deploy")).isEqualTo(file);
		}
		assertThat(ssh().letsIn("deploy", myKey.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", theirKey.privateKey())).isTrue();
		this.grants.revoke(myGrant.id());
		settled(myGrant);
		check(theirs);
		assertThat(ssh().letsIn("deploy", myKey.privateKey())).isFalse();
		assertThat(ssh().letsIn("deploy", theirKey.privateKey())).isTrue();
	}

	private void inside(String command) {
		sshd().runInside("sh", "-c", command).orThrow();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
