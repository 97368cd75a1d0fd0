package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.protocol.NodeSide;
import io.latchkey.conversation.sessions.SessionLook.Answer;
import io.latchkey.conversation.sessions.SessionLook.Source;
import io.latchkey.openssh.Fingerprint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The script for sessions on nodes of which there is only what was captured there: the
 * processes of sshd as {@code /proc} showed them, their connections, the log of a real
 * syslog and what {@code sshd -T} printed, each with one session of alice and one of
 * root. Taken from nodes of {@code script/test-nodes}.
 */
@RequiresProgram({ "unshare", "mount", "sshd" })
class CapturedSessionsTests {

	private static final Fingerprint KEY = Fingerprint.parse("SHA256:Qg240gHNOtx6q9ko4UJcb/TPOwrViw7c1IYgSUIcwOo");

	/** What is captured lies over what this machine has. */
	private static final String NAMESPACE = """
			set -e
			mkdir "$1/proc/$$"
			echo "$$ (sh) S 77 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1" >"$1/proc/$$/stat"
			echo sh >"$1/proc/$$/comm"
			mount --bind "$1/log" /var/log
			mount -t tmpfs tmpfs /run
			mount --bind "$1/passwd" /etc/passwd
			mount --bind "$1/sshd" /usr/sbin/sshd
			mount --bind "$1/proc" /proc
			exec /bin/sh -c "$2" latchkey-sessions all
			""";

	/** Answers only a question that names where the connection came in. */
	private static final String SSHD = """
			#!/bin/sh
			case $* in
			"-T -C user="*",laddr=127.60.1.9,lport=2200") printf '%%s\\n' '%s' ;;
			*) exit 255 ;;
			esac
			""";

	@TempDir
	Path folder;

	@BeforeAll
	static void mustBeRoot() {
		assumeTrue(NodeSide.isRoot(), "takes root and the right to mount");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.4p1", "9.2p1", "10.0p2", "10.6p1" })
	void findsTheSessionsByWhatTheLogNames(String version) throws Exception {
		furnish(capture(version));
		for (String account : List.of("alice", "root")) {
			SessionLook look = look(account);
			assertThat(look.logLevel()).isEqualTo("INFO");
			assertThat(look.sessions()).as(account).singleElement().satisfies((session) -> {
				assertThat(session.remote()).isNotNull();
				assertThat(look.isOpenedWith(session, KEY)).isEqualTo(Answer.YES);
			});
		}
		assertThat(look("deploy").sessions()).isEmpty();
	}

	@Test
	void saysNothingOfTheSessionsOfAnSshdThatDoesNotServeIt() throws Exception {
		furnish(capture("9.2p1"));
		comesBy("java", "java -jar server.jar", 0);
		assertThat(ask("alice")).containsExactly("failed no-sshd another SSH server than sshd serves this login");
	}

	/** A login with a terminal is none of Latchkey's. */
	@Test
	void isNotTakenInByTheLoginOfWhoeverStartedAnotherServer() throws Exception {
		furnish(capture("9.2p1"));
		comesBy("java", "java -jar server.jar", 78);
		process(78, "sshd", "sshd: alice@pts/0", 0);
		assertThat(ask("alice")).containsExactly("failed no-sshd another SSH server than sshd serves this login");
	}

	@Test
	void knowsItsOwnSshdThroughSudo() throws Exception {
		furnish(capture("9.2p1"));
		comesBy("sudo", "sudo -n /bin/sh", 78);
		process(78, "sshd", "sshd: latchkey@notty", 0);
		assertThat(look("alice").sessions()).hasSize(1);
	}

	@Test
	void aTitleThatSaysNothingKnownIsNoAbsenceOfSessions() throws Exception {
		furnish(capture("10.6p1").replace(" [postauth]", " (authenticated)"));
		assertThat(ask("alice")).singleElement()
			.asString()
			.startsWith("failed not-understood ")
			.contains("sshd-session: alice (authenticated)");
		assertThat(ask("root")).singleElement().asString().startsWith("failed not-understood ");
		assertThat(ask("deploy")).containsExactly("looked");
	}

	@Test
	void aSessionWhoseFirstProcessHasGoneIsStillOne() throws Exception {
		String capture = capture("10.6p1");
		int monitor = capture.indexOf("== process", capture.indexOf("== process") + 1);
		furnish(capture.substring(0, monitor) + capture.substring(capture.indexOf("== process", monitor + 1)));
		SessionLook look = look("alice");
		assertThat(look.sessions()).singleElement()
			.satisfies((session) -> assertThat(look.isOpenedWith(session, KEY)).isEqualTo(Answer.SILENT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.4p1", "10.6p1" })
	void whatASessionHasStartedIsNoFurtherOne(String version) throws Exception {
		String capture = capture(version);
		for (String account : List.of("alice", "root")) {
			Matcher worker = Pattern
				.compile("== process (\\d+)\n(\\S+)\n\\d+ (\\S+) S \\d+ (.*\nUid:.*\nsshd\\S*: %s)@notty"
					.formatted(account))
				.matcher(capture);
			assertThat(worker.find()).isTrue();
			String started = "== process 9%1$s\n%2$s\n9%1$s %3$s S %1$s %4$s@internal-sftp\n".formatted(worker.group(1),
					worker.group(2), worker.group(3), worker.group(4));
			capture = started + capture;
		}
		furnish(capture);
		assertThat(look("alice").sessions()).hasSize(1);
		assertThat(look("root").sessions()).hasSize(1);
	}

	@Test
	void saysThatSshdDidNotTellItsLogLevel() throws Exception {
		furnish(capture("10.6p1"));
		Files.writeString(this.folder.resolve("sshd"), "#!/bin/sh\nexit 255\n");
		SessionLook look = look("alice");
		assertThat(look.sessions()).singleElement()
			.satisfies((session) -> assertThat(look.isOpenedWith(session, KEY)).isEqualTo(Answer.LEVEL_UNKNOWN));
	}

	private SessionLook look(String account) throws Exception {
		SessionLook look = new SessionLook(account, ZoneOffset.UTC);
		List<String> lines = ask(account);
		assertThat(lines.get(lines.size() - 1)).isEqualTo("looked");
		for (String line : lines.subList(0, lines.size() - 1)) {
			LiveSession session = LiveSession.parse(line);
			String[] words = line.split(" ", 3);
			if (session != null) {
				look.add(session);
			}
			else if ("level".equals(words[0])) {
				look.logLevelIs(words[1]);
			}
			else {
				assertThat(words[0]).isEqualTo("log");
				assertThat(words[1]).isEqualTo("syslog");
				look.add(Source.SYSLOG, words[2]);
			}
		}
		return look;
	}

	/** What the script answers, without its greeting and good-bye. */
	private List<String> ask(String account) throws Exception {
		Process process = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", NAMESPACE,
				"sh", this.folder.toString(), SessionScript.script())
			.redirectErrorStream(true)
			.start();
		try (OutputStream out = process.getOutputStream()) {
			out.write("look %s\nbye\n".formatted(account).getBytes(StandardCharsets.US_ASCII));
		}
		List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertThat(process.waitFor(Patience.of(java.time.Duration.ofSeconds(20)).toSeconds(),
				java.util.concurrent.TimeUnit.SECONDS))
			.isTrue();
		assertThat(lines).first().asString().startsWith("latchkey-sessions 1 0 ");
		assertThat(lines).last().isEqualTo("bye");
		return lines.subList(1, lines.size() - 1);
	}

	private static String capture(String version) throws IOException {
		try (var content = CapturedSessionsTests.class
			.getResourceAsStream("/nodes/sessions/openssh-%s.txt".formatted(version))) {
			return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void furnish(String capture) throws IOException {
		Map<String, List<String>> sections = new LinkedHashMap<>();
		List<String> section = new ArrayList<>();
		for (String line : capture.lines().toList()) {
			if (line.startsWith("== ")) {
				section = sections.computeIfAbsent(line.substring(3), (name) -> new ArrayList<>());
			}
			else {
				section.add(line);
			}
		}
		sections.forEach(this::furnish);
		write("passwd", List.of("root:x:0:0::/root:/bin/sh", "alice:x:1000:1000::/home/alice:/bin/sh",
				"deploy:x:1001:1001::/home/deploy:/bin/sh"));
		write("proc/self/stat", List.of("1 (sh) S 0 1 1"));
		write("proc/net/tcp6", List.of());
		comesBy("sshd", "sshd: root@notty", 0);
	}

	/** What started the script. */
	private void comesBy(String program, String title, int parent) throws IOException {
		process(77, program, title, parent);
	}

	private void process(int id, String program, String title, int parent) throws IOException {
		String folder = "proc/" + id;
		write(folder + "/comm", List.of(program));
		write(folder + "/stat",
				List.of("%d (%s) S %d 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1".formatted(id, program, parent)));
		write(folder + "/status", List.of("Uid:\t0\t0\t0\t0"));
		Files.writeString(this.folder.resolve(folder + "/cmdline"), title);
		Files.createDirectories(this.folder.resolve(folder + "/fd"));
	}

	private void furnish(String name, List<String> lines) {
		try {
			switch (name) {
				case "tcp" -> write("proc/net/tcp", lines);
				case "stat" -> write("proc/stat", lines);
				case "log" -> write("log/auth.log", lines);
				case "sshd -T" -> {
					write("sshd", SSHD.formatted(lines.get(0)).lines().toList());
					Files.setPosixFilePermissions(this.folder.resolve("sshd"),
							PosixFilePermissions.fromString("rwxr-xr-x"));
				}
				default -> process("proc/" + name.replace("process ", ""), lines);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The title comes with the zeros that stand for the rest of the command line. */
	private void process(String process, List<String> lines) throws IOException {
		write(process + "/comm", lines.subList(0, 1));
		write(process + "/stat", lines.subList(1, 2));
		write(process + "/status", lines.subList(2, 3));
		Files.writeString(this.folder.resolve(process + "/cmdline"), lines.get(3).replace('~', '\0'));
		Path descriptors = Files.createDirectories(this.folder.resolve(process + "/fd"));
		for (String line : lines.subList(4, lines.size())) {
			Matcher matcher = Pattern.compile("(\\d+) -> (\\S+)").matcher(line);
			assertThat(matcher.matches()).as(line).isTrue();
			Files.createSymbolicLink(descriptors.resolve(matcher.group(1)), Path.of(matcher.group(2)));
		}
	}

	private void write(String name, List<String> lines) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.write(file, lines);
	}

}
