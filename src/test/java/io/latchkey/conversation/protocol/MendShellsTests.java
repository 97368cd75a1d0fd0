package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.latchkey.conversation.changes.MendPath;
import io.latchkey.conversation.changes.NodeMend;
import io.latchkey.conversation.changes.NodeMend.Standing;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is put right at one path, and put back, under every shell. */
class MendShellsTests {

	private static final String TOKEN = "0123456789abcdef";

	/** A home whose way root alone decides, and one that another may turn. */
	private static final String ACCOUNTS = """
			mount -t tmpfs -o mode=755 tmpfs /mnt; mkdir -p /mnt/etc /mnt/home/alice/.ssh
			cp /etc/passwd /etc/group /etc/shadow /mnt/etc/
			echo 'alice:x:2001:2001::/mnt/home/alice:/bin/sh' >>/mnt/etc/passwd
			for f in passwd; do mount --bind /mnt/etc/$f /etc/$f; done
			echo line >/mnt/home/alice/.ssh/authorized_keys
			""";

	@TempDir
	private Path folder;

	static List<String> shells() {
		return NodeSide.isPossible() ? NodeSide.shells() : List.of("sh");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void putsRightWhatIsTheLoginsOwnAndBack(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible());
		Path ssh = Files.createDirectories(this.folder.resolve("a b/.ssh"));
		Path file = Files.writeString(ssh.resolve("authorized_keys"), "line\n");
		long uid = (Integer) Files.getAttribute(file, "unix:uid");
		uid = NodeSide.isRoot() ? uid : 0;
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
		Standing open = new Standing("-rw-rw-rw-", uid);
		Standing closed = new Standing("-rw-r--r--", uid);
		try (NodeSide side = NodeSide.under(shell).home(this.folder.resolve("a b")).start("self")) {
			side.learn(NodeScript.Words.MENDS);
			assertThat(ask(side, new NodeMend.SetMode(file.toString(), closed, 0600))).isEqualTo("changed");
			assertThat(ask(side, new NodeMend.SetMode(file.toString(), open, 0644))).isEqualTo("mended");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
			assertThat(ask(side, new NodeMend.MakeOwn(file.toString(), closed, TOKEN))).isEqualTo("mended");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(file).hasContent("line\n");
			assertThat(ask(side, new NodeMend.GiveBack(file.toString(), "0".repeat(64), TOKEN))).isEqualTo("changed");
			String hash = ContentHash.of(Files.readAllBytes(file));
			assertThat(ask(side, new NodeMend.GiveBack(file.toString(), hash, TOKEN))).isEqualTo("mended");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
			assertThat(ask(side, new NodeMend.GiveBack(file.toString(), hash, TOKEN))).isEqualTo("changed");
			assertThat(ask(side, new NodeMend.SetAside(file.toString(), closed, TOKEN))).isEqualTo("mended");
			assertThat(file).doesNotExist();
			assertThat(ask(side, new NodeMend.GiveBack(file.toString(), null, TOKEN))).isEqualTo("mended");
			assertThat(file).hasContent("line\n");
			try (var names = Files.list(ssh)) {
				assertThat(names).containsExactly(file);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void makesAFolderAnewAndGivesItBack(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS
					+ """
							chown alice:2001 /mnt/home/alice; chown -R 2002:2002 /mnt/home/alice/.ssh; chmod 755 /mnt/home/alice/.ssh
							echo secret >/mnt/home/alice/.ssh/x; chmod 600 /mnt/home/alice/.ssh/x; chown root: /mnt/home/alice/.ssh/x
							""")
			.start("all")) {
			side.learn(NodeScript.Words.MENDS);
			String path = "/mnt/home/alice/.ssh";
			assertThat(ask(side, new NodeMend.MakeOwn(path, new Standing("drwxr-xr-x", 2002), TOKEN)))
				.isEqualTo("mended");
			assertThat(side.observe("alice %h/.ssh/authorized_keys")).singleElement()
				.asString()
				.startsWith("account alice file " + ContentHash.of("line\n".getBytes(StandardCharsets.UTF_8)));
			assertThat(side.observe("alice %h/.ssh/x")).singleElement().asString().startsWith("account alice absent");
			assertThat(ask(side, new NodeMend.GiveBack(path, "0".repeat(64), TOKEN))).isEqualTo("mended");
			assertThat(ask(side, new NodeMend.SetMode(path, new Standing("drwxr-xr-x", 2002), 0700)))
				.startsWith("failed ");
		}
	}

	/** Root does nothing where somebody else could make the path another thing. */
	@ParameterizedTest
	@MethodSource("shells")
	void rootGoesNoWayThatOthersCanTurn(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				chown 2002 /mnt/home/alice
				mkdir /mnt/home/alice/in; ln -s /mnt/home/alice /mnt/home/link
				mkdir /mnt/open; chmod 777 /mnt/open; mkdir /mnt/open/home
				""").start("all")) {
			side.learn(NodeScript.Words.MENDS);
			assertThat(ask(side, new NodeMend.SetOwner("/mnt/home/alice/in", new Standing("drwxr-xr-x", 0), 2001)))
				.startsWith("failed no-permission ");
			assertThat(ask(side, new NodeMend.SetOwner("/mnt/home/link", new Standing("lrwxrwxrwx", 0), 2001)))
				.startsWith("failed no-permission ");
			assertThat(ask(side, new NodeMend.SetOwner("/mnt/open/home", new Standing("drwxr-xr-x", 0), 2001)))
				.startsWith("failed no-permission ");
			assertThat(ask(side, new NodeMend.SetMode("/mnt/home/alice/in", new Standing("drwxr-xr-x", 0), 0777)))
				.startsWith("failed no-permission ");
			assertThat(ask(side, new NodeMend.SetOwner("/mnt/home/alice", new Standing("drwxr-xr-x", 2002), 2001)))
				.isEqualTo("mended");
			assertThat(ask(side, new NodeMend.SetOwner("/mnt/home/alice", new Standing("drwxr-xr-x", 2002), 2001)))
				.isEqualTo("changed");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void takesNoOtherWords(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible());
		try (NodeSide side = NodeSide.under(shell).home(this.folder).start("self")) {
			assertThat(side.ask("mend me mode -rw-------.0 600 /x")).isEqualTo("unsupported mend");
			side.learn(NodeScript.Words.MENDS);
			for (String words : List.of("me mode -rw-------.0 888 /x", "me mode -rw-------.0 -R /x",
					"me owner -rw-------.0 root /x", "me own -rw-------.0 ../x /x", "me return x 0123456789abcdef /x",
					"me label a -R /x", "me acl user::rwx -R /x", "me acl user::rwx user::rwx;id /x",
					"me acl user::rwx user::$(id) /x", "me tidy a b /x", "me mode -rw-------.0 600 x",
					"me mode -rw-------.0 600 /", "-x mode -rw-------.0 600 /x")) {
				assertThat(side.ask("mend " + words)).as(words).startsWith("failed io ");
			}
		}
	}

	private static String ask(NodeSide side, NodeMend mend) {
		return side.ask(new MendPath("alice", mend).text(NodeAnswer.ROOT).strip());
	}

	private static void needsRoot() {
		Assumptions.assumeTrue(NodeSide.isPossible() && NodeSide.isRoot());
	}

}
