package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.Seen;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The node-side script with every shell that is installed.
 */
@PatientTimeout(seconds = 60)
@RequiresProgram({ "unshare", "dash", "bash", "busybox" })
class NodeScriptTests {

	private static final byte[] OLD = "ssh-ed25519 AAAA old\n".getBytes(StandardCharsets.UTF_8);

	private static final byte[] NEW = "ssh-ed25519 AAAA new\n".getBytes(StandardCharsets.UTF_8);

	/** Accounts, and a folder that is root's alone. */
	private static final String ACCOUNTS = """
			mount -t tmpfs tmpfs /mnt
			{
				echo 'alice:x:2001:2001::/home/alice:/bin/sh'
				echo 'spaced:x:2002:2002::/home/s p a c e:/usr/sbin/nologin'
				echo 'homeless:x:2003:2003::/nonexistent:/bin/sh'
				echo 'machine$:x:2004:2004::/home/machine$:'
				cat /etc/passwd
			} >/mnt/passwd
			chmod 644 /mnt/passwd
			mount --bind /mnt/passwd /etc/passwd
			{
				echo 'alice:*:20000:0:99999:7:::'
				cat /etc/shadow
			} >/mnt/shadow
			chmod 600 /mnt/shadow
			mount --bind /mnt/shadow /etc/shadow
			mkdir -m 755 /mnt/home
			mount --bind /mnt/home /home
			for each in 'alice 2001' 's p a c e 2002' 'machine$ 2004'; do
				mkdir -p "/home/${each% *}/.ssh"
				echo "ssh-ed25519 AAAA old" >"/home/${each% *}/.ssh/authorized_keys"
				chown -R "${each##* }:${each##* }" "/home/${each% *}"
				chmod -R go= "/home/${each% *}"
			done
			mkdir -m 700 /mnt/secret
			echo secret >/mnt/secret/authorized_keys
			""";

	private static final String TOKEN = "0123456789abcdef";

	private static final String ALICE = "/home/alice/.ssh/authorized_keys";

	@TempDir
	Path folder;

	@Test
	@RequiresProgram("shellcheck")
	void shellcheckFindsNothing() throws Exception {
		Path script = this.folder.resolve("script.sh");
		for (String part : NodeScript.parts()) {
			Files.write(script, Files.readAllBytes(Path.of("src/main/resources/node", part)), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		Process shellcheck = new ProcessBuilder("shellcheck", script.toString()).redirectErrorStream(true).start();
		String findings = new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(shellcheck.waitFor()).as(findings).isZero();
	}

	/** A pipe holds that much, and the node reads it at once. */
	@Test
	void isSmallEnoughToComeInOnePiece() {
		assertThat(NodeScript.text()).hasSizeLessThan(32 * 1024);
		assertThat(new String(NodeScript.text(), StandardCharsets.US_ASCII)).matches("[\\t\\n -~]*");
	}

	/** dd reads what the first packet brought, which may be any part of it. */
	@ParameterizedTest
	@MethodSource("shells")
	void comesInAnyPieces(String shell) throws Exception {
		byte[] text = NodeScript.text();
		for (int cut : List.of(1, text.length / 2, text.length - 6, text.length - 5, text.length - 2,
				text.length - 1)) {
			List<String> command = new ArrayList<>(binary(shell));
			command.addAll(List.of("-c", Bootstrap.bootstrap(), "latchkey-node", "self"));
			String said = Bootstrap.SIGN
					+ new String(Bootstrap.brought(), StandardCharsets.US_ASCII).replaceFirst("bs=\\d+", "bs=" + cut);
			Process process = new ProcessBuilder(command).start();
			try (OutputStream out = process.getOutputStream()) {
				out.write(said.getBytes(StandardCharsets.US_ASCII));
				out.write("end\n".getBytes(StandardCharsets.US_ASCII));
			}
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.as("cut at " + cut)
				.matches("latchkey-node 1 .*\nbye\n");
		}
	}

	/** So do the words for a log, after which the shell waits as before. */
	@ParameterizedTest
	@MethodSource("shells")
	void takesTheWordsForALogInAnyPieces(String shell) throws Exception {
		String words = new String(Bootstrap.broughtLog(), StandardCharsets.US_ASCII);
		int length = words.length() - words.indexOf('\n') - 1;
		for (int cut : List.of(1, length / 2, length - 6, length - 5, length - 2, length - 1, length)) {
			List<String> command = new ArrayList<>(binary(shell));
			command.addAll(List.of("-c", Bootstrap.bootstrap(), "latchkey-node", "self"));
			Process process = new ProcessBuilder(command).start();
			try (OutputStream out = process.getOutputStream()) {
				out.write((Bootstrap.SIGN + words.replaceFirst("bs=\\d+", "bs=" + cut) + TOKEN + " since 9999999999\n"
						+ "echo \"$m\"\n")
					.getBytes(StandardCharsets.US_ASCII));
			}
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.as("cut at " + cut)
				.endsWith("logged\nself\n");
		}
	}

	/** mksh starts a program for it, once for each line that is said. */
	static Stream<String> shellsWithPrintf() {
		return shells().filter((shell) -> !"mksh".equals(shell));
	}

	static Stream<String> shells() {
		return NodeSide.shells().stream();
	}

	@BeforeAll
	static void needsNamespaces() {
		if (!NodeSide.isPossible()) {
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException("No mount namespaces; under CI=true nothing may be skipped");
			}
			Assumptions.abort("No mount namespaces here");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void putsAFirstFileInPlace(String shell) throws IOException {
		Path file = this.folder.resolve(".ssh/authorized_keys");
		try (NodeSide side = self(shell)) {
			assertThat(side.observe("me %h/.ssh/authorized_keys")).containsExactly("account me absent - " + file);
			assertThat(side.write("me", null, NEW, file.toString())).isEqualTo("written " + ContentHash.of(NEW));
			assertThat(file).hasBinaryContent(NEW);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
				.isEqualTo("rwx------");
			assertThat(side.observe("me %h/.ssh/authorized_keys"))
				.containsExactly("account me file %s %s".formatted(ContentHash.of(NEW), file));
			assertThat(side.end()).isEmpty();
		}
		assertThat(file.getParent()).isDirectoryContaining((each) -> each.equals(file));
		assertThat(Files.list(file.getParent())).hasSize(1);
	}

	@Test
	void saysAnAccountInOneWord() {
		assertThat(NodeScript.accountWord("alice@corp.example.org")).isEqualTo("alice@corp.example.org");
		assertThat(NodeScript.accountWord("CORP\\alice smith")).isEqualTo("CORP\\0134alice\\0040smith");
		assertThat(NodeScript.accountWord("müller")).isEqualTo("m\\0303\\0274ller");
		assertThatIllegalArgumentException().isThrownBy(() -> NodeScript.accountWord("$(touch x)"));
	}

	@ParameterizedTest
	@MethodSource("shells")
	void takesEachAccountAsItIsCalledAndNothingElseForOne(String shell) throws IOException {
		Path file = file(OLD);
		try (NodeSide side = self(shell)) {
			for (String name : List.of("1me", "me@corp.example.org", "CORP\\me", "CORP\\me too", "o'me & (you)")) {
				String word = NodeScript.accountWord(name);
				Path named = file.resolveSibling("keys-" + name.hashCode());
				Path pattern = file.resolveSibling("%u-keys");
				assertThat(side.observe(word + " " + file))
					.containsExactly("account %s file %s %s".formatted(word, ContentHash.of(OLD), file));
				assertThat(side.observe(word + " " + pattern))
					.containsExactly("account %s absent - %s".formatted(word, pattern.toString().replace("%u", name)));
				assertThat(side.write(word, null, NEW, named.toString())).isEqualTo("written " + ContentHash.of(NEW));
				assertThat(side.read(word, named.toString())).isEqualTo(NEW);
			}
			Path odd = file.resolveSibling("CORP\\me");
			assertThat(side.write("me", null, NEW, odd.toString())).isEqualTo("written " + ContentHash.of(NEW));
			assertThat(side.observe("me " + odd, "me " + file)).containsExactly(
					"account me file %s %s".formatted(ContentHash.of(NEW), odd),
					"account me file %s %s".formatted(ContentHash.of(OLD), file));
			for (String word : List.of("-me", "..", "m\\0012e", "m\\0057e", "m\\0072e", "m\\c", "m\\134", "m\\0888",
					"m\\", "$(id)", "m;e", "*")) {
				assertThat(side.ask("read %s %s".formatted(word, file))).as(word)
					.isEqualTo("failed io not an account and a path");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void keepsEveryByte(String shell) throws IOException {
		Path file = file(OLD);
		byte[] large = new byte[2 * 1024 * 1024];
		new java.util.Random(7).nextBytes(large);
		List<byte[]> contents = List.of("no newline at the end".getBytes(StandardCharsets.UTF_8),
				"a\r\nb\r\n".getBytes(StandardCharsets.UTF_8), new byte[] { 0, 1, 0, '\n', 0, (byte) 0xff },
				"\n\n\n".getBytes(StandardCharsets.UTF_8), new byte[0], large,
				"end\nobserve 1\n#end\n".getBytes(StandardCharsets.UTF_8),
				"-n \\n %s $(id) `id`\n".getBytes(StandardCharsets.UTF_8));
		try (NodeSide side = self(shell)) {
			byte[] before = OLD;
			for (byte[] content : contents) {
				assertThat(side.write("me", ContentHash.of(before), content, file.toString()))
					.isEqualTo("written " + ContentHash.of(content));
				assertThat(file).hasBinaryContent(content);
				assertThat(side.read("me", file.toString())).isEqualTo(content);
				before = content;
			}
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void overwritesNoChangeThatItWasNotTold(String shell) throws IOException {
		Path file = file(OLD);
		try (NodeSide side = self(shell)) {
			assertThat(side.write("me", null, NEW, file.toString())).isEqualTo("changed " + ContentHash.of(OLD));
			assertThat(side.write("me", ContentHash.of(NEW), NEW, file.toString()))
				.isEqualTo("changed " + ContentHash.of(OLD));
			assertThat(file).hasBinaryContent(OLD);
			Files.delete(file);
			assertThat(side.write("me", ContentHash.of(OLD), NEW, file.toString())).isEqualTo("changed -");
			assertThat(file).doesNotExist();
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void touchesNothingButFiles(String shell) throws IOException {
		Path ssh = Files.createDirectory(this.folder.resolve(".ssh"));
		Path target = Files.write(this.folder.resolve("target"), OLD);
		Files.createSymbolicLink(ssh.resolve("link"), target);
		Files.createDirectory(ssh.resolve("folder"));
		Files.write(this.folder.resolve("file"), OLD);
		try (NodeSide side = NodeSide.under(shell)
			.home(this.folder)
			.setUp("mkfifo '%s/fifo'".formatted(ssh))
			.start("self")) {
			assertThat(side.observe("me .ssh/link", "me .ssh/folder", "me .ssh/fifo", "me file/keys", "me /dev/zero"))
				.extracting((line) -> line.split(" ")[2])
				.containsExactly("symlink", "not-file", "not-file", "ssh-not-folder", "not-file");
			assertThat(codes(side, ssh + "/link", ssh + "/folder", ssh + "/fifo", this.folder + "/file/keys"))
				.containsExactly("symlink", "not-file", "not-file", "ssh-not-folder");
		}
		assertThat(target).hasBinaryContent(OLD);
	}

	@ParameterizedTest
	@MethodSource("shells")
	void leavesTheOldFileWholeWhenTheDiskIsFull(String shell) throws IOException {
		Path file = this.folder.resolve(".ssh/authorized_keys");
		try (NodeSide side = NodeSide.under(shell)
			.home(this.folder)
			.setUp("mount -t tmpfs -o size=16k tmpfs '%s'".formatted(this.folder))
			.afterwards("ls -A '%s'".formatted(file.getParent()))
			.start("self")) {
			assertThat(side.write("me", null, OLD, file.toString())).startsWith("written");
			assertThat(side.write("me", ContentHash.of(OLD), new byte[1024 * 1024], file.toString()))
				.startsWith("failed no-space ");
			assertThat(side.read("me", file.toString())).isEqualTo(OLD);
			assertThat(side.end()).containsExactly("authorized_keys");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void saysThatAHomeIsReadOnlyOrMissing(String shell) throws IOException {
		try (NodeSide side = NodeSide.under(shell)
			.home(this.folder)
			.setUp("mount -t tmpfs -o ro tmpfs '%s'".formatted(this.folder))
			.start("self")) {
			assertThat(side.write("me", null, NEW, this.folder + "/.ssh/authorized_keys"))
				.startsWith("failed read-only ");
		}
		try (NodeSide side = NodeSide.under(shell).home(Path.of("/nonexistent")).start("self")) {
			assertThat(side.observe("me %h/.ssh/authorized_keys")).containsExactly("account me no-home - -");
			assertThat(side.write("me", null, NEW, "/nonexistent/.ssh/authorized_keys")).startsWith("failed no-home ");
			assertThat(side.ask("read me /nonexistent/.ssh/authorized_keys")).startsWith("failed no-home ");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void takesNoShortContent(String shell) throws Exception {
		Path file = file(OLD);
		try (NodeSide side = self(shell)) {
			side.send("write me %s 100 %s\nonly this".formatted(ContentHash.of(OLD), file)
				.getBytes(StandardCharsets.UTF_8));
			assertThat(side.endsWithItsInput()).isTrue();
			assertThat(side.line()).startsWith("failed short-input 9 of 100");
		}
		assertThat(file).hasBinaryContent(OLD);
		assertThat(Files.list(file.getParent())).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("shells")
	void endsWithItsInputAndRunsNoHalfScript(String shell) throws Exception {
		try (NodeSide side = self(shell)) {
			assertThat(side.endsWithItsInput()).isTrue();
		}
		Process half = new ProcessBuilder("sh", "-c", Bootstrap.bootstrap(), "latchkey-node", "self").start();
		half.getOutputStream().write(Bootstrap.SIGN.getBytes(StandardCharsets.US_ASCII));
		half.getOutputStream().write(Bootstrap.brought(), 0, NodeScript.text().length / 2);
		half.getOutputStream().close();
		assertThat(half.getInputStream().readAllBytes()).isEmpty();
		assertThat(half.waitFor()).isZero();
	}

	@ParameterizedTest
	@MethodSource("shells")
	void refusesWhatIsNoRequest(String shell) throws IOException {
		Path file = file(OLD);
		try (NodeSide side = self(shell)) {
			assertThat(side.ask("confirm 123")).isEqualTo("unsupported confirm");
			assertThat(side.ask("hold 123")).isEqualTo("unsupported hold");
			assertThat(side.ask("")).isEqualTo("unsupported ");
			assertThat(side.ask("observe x")).isEqualTo("unsupported observe");
			assertThat(side.ask("observe -1")).isEqualTo("unsupported observe");
			assertThat(side.ask("read me relative")).startsWith("failed io ");
			assertThat(side.write("me", "nohash", NEW, file.toString())).startsWith("failed io ");
			assertThat(side.write("me;id", ContentHash.of(OLD), NEW, file.toString())).startsWith("failed io ");
			assertThat(side.observe("$(id) x", "-x y", "a*b z")).allMatch("account - no-account - -"::equals);
			assertThat(side.end()).isEmpty();
		}
		assertThat(file).hasBinaryContent(OLD);
	}

	@ParameterizedTest
	@MethodSource("shells")
	void namesAllAccountsWhereTheyComeFromItsFilesAlone(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + sources("files systemd [NOTFOUND=return]"))
			.start("all")) {
			assertThat(side.accounts(2000)).contains("name alice", "name root", "name daemon", "name nobody")
				.endsWith("accounts whole");
			assertThat(side.accounts(2)).hasSize(3).endsWith("accounts part");
			side.end();
		}
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS).start("self")) {
			assertThat(side.accounts(2)).containsExactly("unsupported accounts");
			side.end();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "files sss", "files [!NOTFOUND=return] ldap", "db files" })
	void aDirectoryMayHaveOtherAccounts(String sources) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under("dash").setUp(ACCOUNTS + sources(sources)).start("all")) {
			assertThat(side.accounts(2000)).containsExactly("accounts part");
			side.end();
		}
	}

	@Test
	void nisMayHaveOtherAccounts() throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under("dash")
			.setUp(ACCOUNTS + sources("compat") + "echo '+::::::' >>/etc/passwd\n")
			.start("all")) {
			assertThat(side.accounts(2000)).containsExactly("accounts part");
			side.end();
		}
	}

	private static String sources(String passwd) {
		return "echo 'passwd: %s' >/mnt/nsswitch\nmount --bind /mnt/nsswitch /etc/nsswitch.conf\n".formatted(passwd);
	}

	@ParameterizedTest
	@MethodSource("shells")
	void namesTheAccountsThatCouldLogIn(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS).start("all")) {
			assertThat(side.logins(1000)).startsWith("login alice", "login spaced", "login homeless", "login machine$")
				.contains("login root")
				.doesNotContain("login daemon", "login nobody", "login sync")
				.endsWith("logins 0");
			assertThat(side.logins(2)).startsWith("login alice", "login spaced")
				.hasSize(3)
				.last()
				.asString()
				.matches("logins [1-9][0-9]*");
			side.end();
		}
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS).start("self")) {
			assertThat(side.logins(2)).containsExactly("unsupported logins");
			side.end();
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void servesEveryAccountWithItsOwnRights(String shell) throws IOException {
		needsRoot();
		String hash = ContentHash.of(OLD);
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS)
			.afterwards("stat -c '%u %a %n' /home/*/.ssh/* /home/*/.ssh")
			.start("all")) {
			assertThat(side.observe("alice %h/.ssh/authorized_keys", "spaced %h/.ssh/authorized_keys",
					"homeless %h/.ssh/authorized_keys", "machine$ .ssh/authorized_keys", "nobodyknows %h/x",
					"alice /etc/ssh/keys/%u-%U-%%", "alice %h/%x"))
				.containsExactly("account alice file %s /home/alice/.ssh/authorized_keys".formatted(hash),
						"account spaced file %s /home/s p a c e/.ssh/authorized_keys".formatted(hash),
						"account homeless no-home - -",
						"account machine$ file %s /home/machine$/.ssh/authorized_keys".formatted(hash),
						"account nobodyknows no-account - -", "account alice absent - /etc/ssh/keys/alice-2001-%",
						"account alice unreadable - -");
			assertThat(side.read("spaced", "/home/s p a c e/.ssh/authorized_keys")).isEqualTo(OLD);
			assertThat(side.write("spaced", hash, NEW, "/home/s p a c e/.ssh/authorized_keys")).startsWith("written");
			assertThat(side.write("machine$", hash, NEW, "/home/machine$/.ssh/authorized_keys")).startsWith("written");
			assertThat(side.write("nobodyknows", null, NEW, "/home/x")).isEqualTo("failed no-account nobodyknows");
			assertThat(side.write("spaced", hash, NEW, ALICE)).matches("failed .*|changed -");
			assertThat(side.write("spaced", null, NEW, ALICE)).startsWith("failed no-permission ");
			assertThat(side.ask("read spaced " + ALICE)).startsWith("failed ");
			assertThat(side.end()).contains("2002 600 /home/s p a c e/.ssh/authorized_keys",
					"2004 600 /home/machine$/.ssh/authorized_keys", "2001 600 " + ALICE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "setpriv", "runuser", "su", "none" })
	void actsAsAnAccountByWhateverToolThereIs(String tool) throws IOException {
		needsRoot();
		List<String> tools = List.of("setpriv", "runuser", "su", "none");
		String broken = tools.subList(0, tools.indexOf(tool))
			.stream()
			.map((each) -> "mount --bind /bin/false \"$(command -v %s)\"%n".formatted(each))
			.collect(Collectors.joining());
		try (NodeSide side = NodeSide.under("dash").setUp(ACCOUNTS + broken).start("all")) {
			String answer = side.write("alice", ContentHash.of(OLD), NEW, ALICE);
			if (answer.equals("changed " + ContentHash.of(OLD))) {
				// it trusted setpriv, and has the content no more
				answer = side.write("alice", ContentHash.of(OLD), NEW, ALICE);
			}
			if ("none".equals(tool)) {
				assertThat(answer).startsWith("failed no-permission nothing here acts as alice");
			}
			else {
				assertThat(answer).isEqualTo("written " + ContentHash.of(NEW));
				assertThat(side.read("alice", ALICE)).isEqualTo(NEW);
				assertThat(side.ask("read alice /mnt/secret/authorized_keys")).startsWith("failed ");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void rootGoesNowhereThatAnAccountPoints(String shell) throws IOException {
		needsRoot();
		String secret = ContentHash.of("secret\n".getBytes(StandardCharsets.UTF_8));
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + """
					rm -r /home/alice/.ssh
					ln -s /mnt/secret /home/alice/.ssh
					ln -sf /etc/shadow '/home/s p a c e/.ssh/authorized_keys'
					""")
			.afterwards("cat /mnt/secret/authorized_keys; ls -A /mnt/secret; md5sum </etc/shadow")
			.start("all")) {
			assertThat(side.observe("spaced %h/.ssh/authorized_keys"))
				.containsExactly("account spaced symlink - /home/s p a c e/.ssh/authorized_keys");
			assertThat(side.ask("read alice " + ALICE)).startsWith("failed ");
			assertThat(side.write("alice", secret, NEW, ALICE)).matches("failed .*|changed -");
			assertThat(side.write("alice", null, NEW, ALICE)).startsWith("failed ");
			assertThat(side.ask("read spaced /etc/shadow")).startsWith("failed no-permission ");
			assertThat(side.ask("read spaced /home/s p a c e/.ssh/authorized_keys")).startsWith("failed symlink ");
			assertThat(side.end()).startsWith("secret", "authorized_keys").hasSize(3);
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void keepsAHeldFileThatIsConfirmed(String shell) throws IOException {
		Path file = file(OLD);
		try (NodeSide side = self(shell)) {
			assertThat(side.hold(TOKEN, 60, "me", ContentHash.of(OLD), NEW, file.toString()))
				.isEqualTo("held " + ContentHash.of(NEW));
			assertThat(file).hasBinaryContent(NEW);
			assertThat(side.confirm("f" + TOKEN, "me", file.toString())).isEqualTo("gone");
			try (NodeSide fresh = self(shell)) {
				assertThat(fresh.confirm(TOKEN, "me", file.toString())).isEqualTo("confirmed");
				assertThat(fresh.confirm(TOKEN, "me", file.toString())).isEqualTo("gone");
			}
			// the watchdog keeps no stream open
			assertThat(side.end()).isEmpty();
		}
		assertThat(file).hasBinaryContent(NEW);
		assertThat(file.getParent()).isDirectoryNotContaining((each) -> !each.equals(file));
	}

	@Test
	void putsTheOldFileItselfBackWhenNobodyConfirms() throws Exception {
		inEveryShell((shell, home) -> {
			Path file = file(home, OLD);
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
			Object inode = Files.getAttribute(file, "unix:ino");
			try (NodeSide side = self(shell, home)) {
				assertThat(side.hold(TOKEN, 1, "me", ContentHash.of(OLD), NEW, file.toString())).startsWith("held ");
				assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
				// as when the connection and everything behind it dies
				side.killShells();
			}
			await(() -> inode.equals(Files.getAttribute(file, "unix:ino")));
			assertThat(file).hasBinaryContent(OLD);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
			await(() -> namesIn(file.getParent()).equals(List.of("authorized_keys")));
		});
	}

	@Test
	void takesAFirstFileAwayAgainWhenNobodyConfirms() throws Exception {
		inEveryShell((shell, home) -> {
			Path file = home.resolve(".ssh/authorized_keys");
			try (NodeSide side = self(shell, home)) {
				assertThat(side.hold(TOKEN, 1, "me", null, NEW, file.toString())).startsWith("held ");
				assertThat(file).hasBinaryContent(NEW);
				await(() -> namesIn(home).isEmpty());
			}
		});
	}

	@Test
	void undoesNoChangeThatCameAfterTheHold() throws Exception {
		inEveryShell((shell, home) -> {
			Path file = file(home, OLD);
			byte[] edited = "edited".getBytes(StandardCharsets.UTF_8);
			try (NodeSide side = self(shell, home)) {
				assertThat(side.hold(TOKEN, 1, "me", ContentHash.of(OLD), NEW, file.toString())).startsWith("held ");
				Files.write(file, edited);
				await(() -> namesIn(file.getParent()).equals(List.of("authorized_keys")));
				assertThat(file).hasBinaryContent(edited);
				// the same content written again is another change too
				assertThat(side.hold(TOKEN, 1, "me", ContentHash.of(edited), NEW, file.toString())).startsWith("held ");
				assertThat(side.write("me", ContentHash.of(NEW), NEW, file.toString())).startsWith("written ");
				assertThat(namesIn(file.getParent())).containsExactly("authorized_keys");
				assertThat(side.hold("a" + TOKEN, 2, "me", ContentHash.of(NEW), OLD, file.toString()))
					.startsWith("held ");
				await(() -> namesIn(file.getParent()).equals(List.of("authorized_keys")));
				assertThat(file).hasBinaryContent(NEW);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("shells")
	void clearsAwayWhatACrashLeftBehind(String shell) throws IOException {
		Path file = file(NEW);
		Path folder = file.getParent();
		long now = System.currentTimeMillis() / 1000;
		Files.write(folder.resolve(".latchkey-%s.old.%d.authorized_keys".formatted(TOKEN, now - 10)), OLD);
		Files.write(folder.resolve(".latchkey-77.new.%d.authorized_keys".formatted(now - 10)), OLD);
		Path live = Files.write(folder.resolve(".latchkey-%s.old.%d.other".formatted(TOKEN, now + 60)), OLD);
		Path foreign = Files.write(folder.resolve(".latchkey-notes"), OLD);
		try (NodeSide side = self(shell)) {
			assertThat(side.read("me", file.toString())).isEqualTo(NEW);
		}
		assertThat(namesIn(folder)).containsExactlyInAnyOrder("authorized_keys", live.getFileName().toString(),
				foreign.getFileName().toString());
		assertThat(file).hasBinaryContent(NEW);
	}

	/**
	 * A node with dropbear and a small busybox: some of its tools are missing, and some
	 * know fewer options.
	 */
	@Test
	void makesDoWithAFewToolsOfBusybox() throws Exception {
		needsRoot();
		byte[] long1 = "x".repeat(1000).getBytes(StandardCharsets.UTF_8);
		try (NodeSide side = NodeSide.under("dash")
			.setUp(ACCOUNTS + tools(
					"cat chmod cut date dd env grep head id ln ls mkdir mv od rm rmdir sleep su sync tr true wc"))
			.afterwards("ls -A /home/alice/.ssh")
			.start("all")) {
			assertThat(side.greeting()).endsWith(" od su");
			assertThat(side.observeAll("alice %h/.ssh/authorized_keys", "spaced %h/.ssh/authorized_keys"))
				.startsWith("account alice file %s %s".formatted(ContentHash.of(OLD), ALICE),
						"account spaced file %s ".formatted(ContentHash.of(OLD))
								+ "/home/s p a c e/.ssh/authorized_keys")
				.noneMatch((line) -> line.startsWith("strict "));
			assertThat(side.write("alice", ContentHash.of(OLD), long1, ALICE))
				.isEqualTo("written " + ContentHash.of(long1));
			assertThat(side.read("alice", ALICE)).isEqualTo(long1);
			assertThat(side.hold(TOKEN, 60, "alice", ContentHash.of(long1), NEW, ALICE)).startsWith("held ");
			assertThat(side.confirm(TOKEN, "alice", ALICE)).isEqualTo("confirmed");
			assertThat(side.hold(TOKEN, 1, "alice", ContentHash.of(NEW), OLD, ALICE)).startsWith("held ");
			await(() -> side.observe("alice %h/.ssh/authorized_keys").get(0).contains(ContentHash.of(NEW)));
			assertThat(side.end()).containsExactly("authorized_keys");
		}
	}

	/**
	 * One that knows no fsync, one that knows no whole blocks, and one that tells no
	 * bytes.
	 */
	@ParameterizedTest
	@ValueSource(strings = { """
			case $* in *iflag=*) echo "dd: unknown operand -- 'iflag'" >&2; exit 1 ;; esac
			exec /bin/dd "$@"
			""", """
			case $* in *conv=*) echo "dd: bad argument 'conv=fsync'" >&2; exit 1 ;; esac
			exec /bin/dd "$@"
			""", "exec /bin/dd \"$@\" 2>/dev/null" })
	void makesDoWithAnOldDd(String dd) throws Exception {
		needsRoot();
		try (NodeSide side = NodeSide.under("dash").setUp(ACCOUNTS + """
				mkdir /mnt/sbin
				printf '#!/bin/sh\n%s\n' '""" + dd.replace("'", "'\\''") + """
				' >/mnt/sbin/dd
				chmod -R 755 /mnt/sbin
				mount --bind /mnt/sbin /usr/local/sbin
				""").afterwards("ls -A /home/alice/.ssh").start("all")) {
			assertThat(side.observe("alice %h/.ssh/authorized_keys")).hasSize(1);
			assertThat(side.write("alice", ContentHash.of(OLD), NEW, ALICE))
				.isEqualTo("written " + ContentHash.of(NEW));
			assertThat(side.read("alice", ALICE)).isEqualTo(NEW);
			assertThat(side.end()).containsExactly("authorized_keys");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000 })
	void hashesByItselfWhereThereIsNoToolForIt(int length) throws IOException {
		byte[] content = new byte[length];
		new java.util.Random(length).nextBytes(content);
		Path file = file(content);
		for (String shell : NodeSide.shells()) {
			String all = Stream.of("sha256.sh")
				.map((part) -> "newline='\n'; guard=; . src/main/resources/node/%s; sha256 '%s'".formatted(part, file))
				.collect(Collectors.joining());
			List<String> command = new ArrayList<>(binary(shell));
			command.addAll(List.of("-c", all));
			assertThat(ProgramRun.of(command.toArray(String[]::new)).orThrow().output()).as(shell)
				.isEqualTo(ContentHash.of(content));
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void saysWhatStrictModesRefuses(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				chmod 777 /home
				chmod 666 /home/alice/.ssh/authorized_keys
				chown 2004 '/home/s p a c e/.ssh'
				chmod 775 '/home/machine$'
				chgrp 0 '/home/machine$'
				mkdir -p /mnt/keys
				echo key >/mnt/keys/alice
				ln -s /mnt/keys /home/alice/linked
				""").start("all")) {
			assertThat(strict(side, "alice .ssh/authorized_keys", "spaced .ssh/authorized_keys",
					"machine$ .ssh/authorized_keys", "alice /mnt/keys/%u", "alice linked/alice", "homeless x",
					"nobodyknows x"))
				.containsExactly("strict 0 all " + ALICE, "strict 1 owner /home/s p a c e/.ssh",
						"strict 2 group /home/machine$", "strict 3 all /mnt", "strict 4 all /mnt");
			String written = side.write("machine$", ContentHash.of(OLD), NEW, "/home/machine$/.ssh/authorized_keys");
			assertThat(written).isEqualTo("written %s group /home/machine$".formatted(ContentHash.of(NEW)));
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void rootWritesWhereOnlyRootCan(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				chmod 755 /mnt
				mkdir /mnt/keys /mnt/closed
				chmod 700 /mnt/closed
				ln -s /mnt/keys /home/alice/linked
				""").afterwards("stat -c '%u %a %n' /mnt/keys/* /mnt/closed/*").start("all")) {
			assertThat(side.write("alice", null, NEW, "/mnt/keys/alice")).startsWith("written ");
			assertThat(side.hold(TOKEN, 60, "alice", ContentHash.of(NEW), OLD, "/mnt/keys/alice")).startsWith("held ");
			assertThat(side.confirm(TOKEN, "alice", "/mnt/keys/alice")).isEqualTo("confirmed");
			assertThat(side.read("alice", "/mnt/keys/alice")).isEqualTo(OLD);
			assertThat(side.write("alice", null, NEW, "/mnt/closed/alice")).startsWith("failed ");
			assertThat(side.write("alice", null, NEW, "/home/alice/linked/other")).startsWith("failed no-permission");
			assertThat(side.end()).containsExactly("0 644 /mnt/keys/alice");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void tellsWhatAWriteAlters(String shell) throws IOException {
		needsRoot();
		String[] files = { ALICE, "/home/alice/shared", "/home/alice/roots", "/mnt/keys/alice", "/home/alice/none" };
		String[] queries = Stream.of(files).map((file) -> "alice " + file).toArray(String[]::new);
		String setUp = ACCOUNTS + """
				chmod 755 /mnt
				mkdir /mnt/keys
				for each in /home/alice/shared /home/alice/roots /mnt/keys/alice; do
					echo key >$each
					chmod 644 $each
				done
				chown 2001:2001 /home/alice/shared
				""";
		try (NodeSide side = NodeSide.under(shell).setUp(setUp).start("all")) {
			assertThat(side.observeAll(queries)).filteredOn((line) -> line.startsWith("alters "))
				.containsExactly("alters 1", "alters 2");
		}
		try (NodeSide side = NodeSide.under(shell).setUp(setUp + """
				mount -t tmpfs tmpfs /sys/fs
				mkdir /sys/fs/selinux
				echo 1 >/sys/fs/selinux/enforce
				mount -t tmpfs tmpfs /usr/local/sbin
				cat >/usr/local/sbin/restorecon <<'EOF'
				#!/bin/sh
				printf 'Would relabel %s from a:b:c:s0 to a:b:d:s0\n' "$3"
				EOF
				chmod -R 755 /usr/local/sbin
				""").start("all")) {
			assertThat(side.observeAll(queries)).filteredOn((line) -> line.startsWith("alters "))
				.containsExactly("alters 0", "alters 1", "alters 2");
		}
	}

	/** Locked is not said: without an sshd nobody heeds it here. */
	@ParameterizedTest
	@MethodSource("shells")
	void namesWhoCannotLogIn(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS
					+ """
							{
								echo 'expired:x:3001:3001::/home:/bin/sh'
								echo 'shut:x:3002:3002::/home:/usr/sbin/nologin'
								echo 'none:x:3003:3003::/home:/no/such shell'
								echo 'empty:x:3004:3004::/home:'
							} >>/mnt/passwd
							printf '%s\n' 'alice:!:20000:0:99999:7:::' 'expired:*:20000:0:99999:7::10000:' 'shut:*::::::99999:' >/mnt/shadow
							mount --bind /mnt/shadow /etc/shadow
							""")
			.start("all")) {
			assertThat(side.files("alice", "expired", "shut", "none", "empty", "nobodyknows"))
				.filteredOn((line) -> line.startsWith("barred "))
				.containsExactly("barred expired expired", "barred shut shell /usr/sbin/nologin",
						"barred none no-shell /no/such shell");
		}
	}

	/** An account of a directory service is in no file. */
	@Test
	void asksForAccountsThatAreInNoFile() throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under("dash").setUp(ACCOUNTS + """
				mkdir -p /home/remote/.ssh
				echo key >/home/remote/.ssh/authorized_keys
				chown -R 3001:3001 /home/remote
				printf '#!/bin/sh\necho "remote:*:3001:3001:Of a directory:/home/remote:/bin/bash"\n' >/mnt/getent
				chmod 755 /mnt/getent
				mount --bind /mnt/getent "$(command -v getent)"
				""").start("all")) {
			assertThat(side.observeAll("remote %h/.ssh/authorized_keys", "alice %h/.ssh/authorized_keys"))
				.startsWith(
						"account remote file %s /home/remote/.ssh/authorized_keys"
							.formatted(ContentHash.of("key\n".getBytes(StandardCharsets.UTF_8))),
						"account alice no-account - -");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void opensNoFileWithoutEnd(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				truncate -s 4T /home/alice/.ssh/large
				truncate -s 8388609 /home/alice/.ssh/authorized_keys
				truncate -s 8388608 '/home/s p a c e/.ssh/authorized_keys'
				""").start("all")) {
			assertThat(side.observe("alice %h/.ssh/large", "alice %h/.ssh/authorized_keys",
					"machine$ .ssh/authorized_keys", "spaced %h/.ssh/authorized_keys"))
				.containsExactly("account alice too-large - /home/alice/.ssh/large",
						"account alice too-large - " + ALICE,
						"account machine$ file %s /home/machine$/.ssh/authorized_keys".formatted(ContentHash.of(OLD)),
						"account spaced file %s /home/s p a c e/.ssh/authorized_keys"
							.formatted(ContentHash.of(Arrays.copyOf(OLD, NodeScript.CONTENT_LIMIT))));
			assertThat(side.ask("read alice " + ALICE)).startsWith("failed too-large ");
		}
	}

	/** As when a FIFO takes the place of the file after it was looked at. */
	@Test
	void noAccountHoldsUpWhatIsKnownOfOthersAndOfAll() throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under("dash").setUp(ACCOUNTS + """
				mount -t tmpfs -o mode=755 tmpfs /usr/local/sbin
				cat >/usr/local/sbin/sha256sum <<'EOF'
				#!/bin/sh
				for each; do
					case $each in
					/home/alice/*) exec sleep 60 ;;
					esac
					/usr/bin/sha256sum "$each"
				done
				EOF
				chmod 755 /usr/local/sbin/sha256sum
				echo more >/home/alice/.ssh/more
				""").start("all")) {
			long begun = System.nanoTime();
			List<String> answers = side.observeAll("alice %h/.ssh/authorized_keys", "alice %h/.ssh/more",
					"alice %h/.ssh/more", "spaced %h/.ssh/authorized_keys");
			assertThat(answers).startsWith("account alice unreadable - " + ALICE,
					"account alice unreadable - /home/alice/.ssh/more",
					"account alice unreadable - /home/alice/.ssh/more",
					"account spaced file %s /home/s p a c e/.ssh/authorized_keys".formatted(ContentHash.of(OLD)));
			assertThat(answers).anyMatch((line) -> line.matches("config [0-9a-f]{64} /etc/passwd"))
				.noneMatch((line) -> line.startsWith("config - "));
			// five seconds with all others, two alone, and none for its further files
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Patience.of(Duration.ofSeconds(9)));
		}
	}

	/** Nothing can take the place of what something is mounted on. */
	@ParameterizedTest
	@MethodSource("shells")
	void leavesAFileOrFolderThatIsAMountAsItWas(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				echo mounted >/home/alice/mounted
				mount --bind /home/alice/mounted /home/alice/.ssh/authorized_keys
				mkdir /home/elsewhere
				echo elsewhere >/home/elsewhere/authorized_keys
				chown -R 2002:2002 /home/elsewhere
				mount --bind /home/elsewhere '/home/s p a c e/.ssh'
				""").afterwards("ls -A /home/alice/.ssh; cat /home/alice/.ssh/*; cat /home/elsewhere/*").start("all")) {
			String mounted = ContentHash.of("mounted\n".getBytes(StandardCharsets.UTF_8));
			String elsewhere = ContentHash.of("elsewhere\n".getBytes(StandardCharsets.UTF_8));
			assertThat(side.observe("alice %h/.ssh/authorized_keys", "spaced %h/.ssh/authorized_keys")).containsExactly(
					"account alice file %s %s".formatted(mounted, ALICE),
					"account spaced file %s /home/s p a c e/.ssh/authorized_keys".formatted(elsewhere));
			assertThat(side.write("alice", mounted, NEW, ALICE)).startsWith("failed io ");
			assertThat(side.hold(TOKEN, 60, "alice", mounted, NEW, ALICE)).startsWith("failed io ");
			assertThat(side.write("spaced", elsewhere, NEW, "/home/s p a c e/.ssh/authorized_keys"))
				.startsWith("written ");
			assertThat(side.end()).containsExactly("authorized_keys", "mounted", "ssh-ed25519 AAAA new");
		}
	}

	/** There may be more of them than a shell can name in time. */
	@ParameterizedTest
	@MethodSource("shells")
	void namesAFewOfTheFilesThatAPatternFinds(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				mkdir /home/alice/keys
				cd /home/alice/keys
				seq 1 300 | xargs touch
				touch "$(printf '0\\n1')"
				""").start("all")) {
			side.learn(NodeScript.Words.SELDOM);
			List<String> answers = new ArrayList<>(List.of(side.ask("observe 1\nglob alice %h/keys/*")));
			while (!"observed".equals(answers.get(answers.size() - 1))) {
				answers.add(side.line());
			}
			assertThat(answers).startsWith("matches alice 200");
			assertThat(answers).filteredOn((line) -> line.startsWith("account "))
				.hasSize(200)
				.allSatisfy(
						(line) -> assertThat(line).matches("account alice file [0-9a-f]{64} /home/alice/keys/\\d+"));
		}
	}

	@ParameterizedTest
	@MethodSource("shellsWithPrintf")
	void costsAHandfulOfProcessesWhateverTheNumberOfAccounts(String shell) throws IOException {
		needsRoot();
		String[] queries = Stream.generate(() -> "alice %h/.ssh/authorized_keys").limit(50).toArray(String[]::new);
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + "export before=$(sh -c 'echo $$')")
			.afterwards("sh -c 'echo $(($$ - before - 1))'")
			.withOwnProcesses()
			.start("all")) {
			assertThat(side.observe(queries)).hasSize(50);
			// the shell, dd, date, getent, stat, timeout, sha256sum;
			// busybox's timeout forks once more
			assertThat(Integer.parseInt(side.end().get(0))).isLessThanOrEqualTo("busybox".equals(shell) ? 8 : 7);
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void glancesByOneProgram(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + "export before=$(sh -c 'echo $$')")
			.afterwards("sh -c 'echo $(($$ - before - 1))'")
			.withOwnProcesses()
			.begin("all")) {
			side.send(Bootstrap.SIGN.getBytes(StandardCharsets.US_ASCII));
			String stat = "-rw------- 2001 2001 21 \\d+ \\d+ \\d+ [0-9-]+ [0-9:.]+ [+-]\\d{4} " + ALICE;
			List<String> same = glance(side, "~alice /home/alice", "~machine$ /home/machine$", ALICE, "/no such file");
			assertThat(same.get(0)).isEqualTo("latchkey-look 1 moved");
			same = glance(side, "~alice /home/alice", "~root /root", ALICE, "/no such file");
			assertThat(same).hasSize(3);
			assertThat(same.get(0)).isEqualTo("latchkey-look 1 ");
			assertThat(Seen.Self.parse(same.get(1))).hasValueSatisfying((self) -> {
				assertThat(self.uid()).isZero();
				assertThat(Duration.between(self.now(), Instant.now()).abs())
					.isLessThan(Patience.of(Duration.ofSeconds(5)));
			});
			assertThat(same.get(2)).matches(stat);
			side.send("exit\n".getBytes(StandardCharsets.US_ASCII));
			// the shell, and stat each time
			assertThat(Integer.parseInt(side.line())).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void evaluatesNoNameThatIsNoPlainOne(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS).begin("all")) {
			side.send(Bootstrap.SIGN.getBytes(StandardCharsets.US_ASCII));
			for (String line : List.of("~alice /home/other", "~nobodyknows /", "~alice;touch${IFS}/mnt/done /",
					"~$(touch${IFS}/mnt/done) /", "~`touch${IFS}/mnt/done` /", "~+ /", "~- /", "~1 /", "~ /", "~alice",
					"~alice\t/home/alice", "~a|b /", "~\\a /", "~'a /", "~*/x /", "~{alice} /home/alice",
					"~!a /home/alice")) {
				assertThat(glance(side, line).get(0)).as(line).isEqualTo("latchkey-look 1 moved");
			}
			assertThat(glance(side, "/mnt/done")).hasSize(2);
		}
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS).begin("all")) {
			side.send("alice\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(glance(side, "~alice /home/alice").get(0)).isEqualTo("latchkey-look 1 moved");
		}
	}

	private static List<String> glance(NodeSide side, String... lines) {
		List<String> said = new ArrayList<>(List.of(side.ask(String.join("\n", lines) + "\nlook")));
		for (String line = side.line(); !"looked".equals(line); line = side.line()) {
			said.add(line);
		}
		return said;
	}

	/** Each costs a node about a millisecond, mostly to be started. */
	@ParameterizedTest
	@MethodSource("shellsWithPrintf")
	void writesWithFewProcesses(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + "export before=$(sh -c 'echo $$')")
			.afterwards("sh -c 'echo $(($$ - before - 1))'")
			.withOwnProcesses()
			.start("all")) {
			assertThat(side.observe("alice %h/.ssh/authorized_keys")).hasSize(1);
			assertThat(side.write("alice", ContentHash.of(OLD), NEW, ALICE))
				.isEqualTo("written " + ContentHash.of(NEW));
			// in dash: seven to observe; to write timeout, which becomes setpriv and the
			// account's shell in one more, its dd, sha256sum, mv and sync, and pipes;
			// bash forks two more
			assertThat(Integer.parseInt(side.end().get(0))).isLessThanOrEqualTo("bash".equals(shell) ? 21 : 19);
		}
	}

	/** By what a survey told of it before. */
	@ParameterizedTest
	@MethodSource("shellsWithPrintf")
	void writesAsAnAccountThatIsKnownWithFewerProcesses(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + "export before=$(sh -c 'echo $$')")
			.afterwards("sh -c 'echo $(($$ - before - 1))'")
			.withOwnProcesses()
			.start("all")) {
			side.send("known alice 2001 2001 /home/alice\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(side.write("alice", ContentHash.of(OLD), NEW, ALICE))
				.isEqualTo("written " + ContentHash.of(NEW));
			// the shell, dd and date for the script, and as above
			assertThat(Integer.parseInt(side.end().get(0))).isLessThanOrEqualTo("bash".equals(shell) ? 18 : 16);
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void believesNothingOfAnAccountThatIsNotSo(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS)
			.afterwards("stat -c '%u %g' " + ALICE)
			.start("all")) {
			byte[] before = OLD;
			for (String known : List.of("alice 2002 2002", "alice 0 0", "machine$ 0 0", "root 2001 2001",
					"nobodyknows 2001 2001", "alice 2001 x")) {
				side.send("known %s /home/alice\n".formatted(known).getBytes(StandardCharsets.US_ASCII));
				byte[] content = (known + "\n").getBytes(StandardCharsets.US_ASCII);
				String answer = side.write("alice", ContentHash.of(before), content, ALICE);
				if (answer.equals("changed " + ContentHash.of(before))) {
					// it has the content no more
					answer = side.write("alice", ContentHash.of(before), content, ALICE);
				}
				assertThat(answer).as(known).isEqualTo("written " + ContentHash.of(content));
				before = content;
			}
			assertThat(side.write("nobodyknows", null, NEW, "/home/alice/none")).matches("failed .*|changed -");
			assertThat(side.write("nobodyknows", null, NEW, "/home/alice/none")).startsWith("failed ");
			assertThat(side.end()).containsExactly("2001 2001");
		}
	}

	/** It is root's, and whatever is called as the script's own is that. */
	@ParameterizedTest
	@MethodSource("shells")
	void keepsItsEnvironmentFromAnAccount(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell).setUp(ACCOUNTS + """
				mount -t tmpfs -o mode=755 tmpfs /usr/local/sbin
				printf '#!/bin/sh\nenv >/home/alice/$(id -u)\nexec /bin/dd "$@"\n' >/usr/local/sbin/dd
				chmod 755 /usr/local/sbin/dd
				export SECRET="a
				export uid=0
				declare -x path=/"
				export name=other size=1 script=true uid=0 NUMBER=1
				""").afterwards("cut -d = -f 1 /home/alice/2001 | sort -u").start("all")) {
			assertThat(side.write("alice", ContentHash.of(OLD), NEW, ALICE))
				.isEqualTo("written " + ContentHash.of(NEW));
			assertThat(side.end()).contains("HOME", "PATH")
				.isSubsetOf("HOME", "LC_ALL", "OLDPWD", "PATH", "PWD", "SHLVL", "_");
		}
	}

	@ParameterizedTest
	@MethodSource("shellsWithPrintf")
	void writesItsOwnFileWithFewerProcesses(String shell) throws IOException {
		needsRoot();
		try (NodeSide side = NodeSide.under(shell)
			.setUp(ACCOUNTS + "export before=$(sh -c 'echo $$')")
			.afterwards("sh -c 'echo $(($$ - before - 1))'")
			.withOwnProcesses()
			.start("all")) {
			String secret = "/mnt/secret/authorized_keys";
			assertThat(side.write("root", ContentHash.of("secret\n".getBytes(StandardCharsets.UTF_8)), NEW, secret))
				.startsWith("written " + ContentHash.of(NEW));
			// the shell, dd and date for the script, getent, dd, sha256sum, mv and sync,
			// and pipes
			assertThat(Integer.parseInt(side.end().get(0))).isLessThanOrEqualTo("bash".equals(shell) ? 14 : 12);
		}
	}

	/** What is left of a content that was not taken would be taken for requests. */
	@ParameterizedTest
	@MethodSource("shells")
	void takesNoContentForRequests(String shell) throws IOException {
		Path file = file(OLD);
		byte[] requests = "end\nend\nend\n".getBytes(StandardCharsets.UTF_8);
		try (NodeSide side = self(shell)) {
			assertThat(side.write("me", ContentHash.of(NEW), requests, file.toString()))
				.isEqualTo("changed " + ContentHash.of(OLD));
			assertThat(side.write("me", ContentHash.of(OLD), requests, file.getParent().toString()))
				.startsWith("failed not-file ");
			assertThat(side.write("me", ContentHash.of(OLD), new byte[0], file.toString()))
				.isEqualTo("written " + ContentHash.of(new byte[0]));
			assertThat(side.read("me", file.toString())).isEmpty();
		}
	}

	private static List<String> codes(NodeSide side, String... paths) {
		return Stream.of(paths)
			.peek((path) -> assertThat(side.ask("read me " + path)).startsWith("failed "))
			.map((path) -> side.write("me", null, NEW, path))
			.map((answer) -> answer.split(" ")[1])
			.toList();
	}

	private static List<String> strict(NodeSide side, String... queries) {
		return side.observeAll(queries).stream().filter((line) -> line.startsWith("strict ")).toList();
	}

	/** Leaves dash and these programs, as busybox has them. */
	private static String tools(String names) {
		return """
				mkdir /mnt/tools /mnt/empty
				cp "$(command -v busybox)" /mnt/tools/.busybox
				cp "$(command -v dash)" /mnt/tools/sh
				busybox --list >/mnt/applets
				for tool in %s; do
					if grep -qx "$tool" /mnt/applets; then
						ln -s .busybox "/mnt/tools/$tool"
					else # as su in Debian's busybox
						cp "$(command -v "$tool")" "/mnt/tools/$tool"
					fi
				done
				chmod -R go+rX /mnt
				for folder in /usr/local/sbin /usr/local/bin /usr/sbin; do mount --bind /mnt/empty "$folder"; done
				mount --bind /mnt/tools /usr/bin
				""".formatted(names);
	}

	private static List<String> binary(String shell) {
		String path = RequiresProgram.Lookup.find(shell).orElseThrow().toString();
		return "busybox".equals(shell) ? List.of(path, "sh") : List.of(path);
	}

	private static List<String> namesIn(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((each) -> each.getFileName().toString()).sorted().toList();
		}
	}

	private static void await(Callable<Boolean> condition) throws Exception {
		long deadline = System.nanoTime() + Patience.of(Duration.ofSeconds(20)).toNanos();
		while (!condition.call()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
	}

	private static void needsRoot() {
		if (!NodeSide.isRoot()) {
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException("Not root; under CI=true nothing may be skipped");
			}
			Assumptions.abort("Accounts of their own take root");
		}
	}

	/** In all at once, each with a home of its own: what takes seconds by the clock. */
	private void inEveryShell(InShell test) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			Map<String, Future<?>> tests = new LinkedHashMap<>();
			for (String shell : NodeSide.shells()) {
				Path home = Files.createDirectory(this.folder.resolve(shell));
				tests.put(shell, threads.submit(() -> {
					test.run(shell, home);
					return null;
				}));
			}
			for (Map.Entry<String, Future<?>> each : tests.entrySet()) {
				assertThatCode(each.getValue()::get).as(each.getKey()).doesNotThrowAnyException();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private NodeSide self(String shell) throws IOException {
		return self(shell, this.folder);
	}

	private static NodeSide self(String shell, Path home) throws IOException {
		return NodeSide.under(shell).home(home).start("self");
	}

	private Path file(byte[] content) throws IOException {
		return file(this.folder, content);
	}

	private static Path file(Path home, byte[] content) throws IOException {
		Path ssh = Files.createDirectories(home.resolve(".ssh"));
		return Files.write(ssh.resolve("authorized_keys"), content);
	}

	/** A test with one shell. */
	@FunctionalInterface
	private interface InShell {

		void run(String shell, Path home) throws Exception;

	}

}
