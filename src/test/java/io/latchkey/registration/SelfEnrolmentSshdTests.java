package io.latchkey.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;

import com.sun.net.httpserver.HttpServer;
import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.enrolment.Candidates;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.reconcile.ForgottenNodes;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The one command on a node, against Latchkey's own port.
 */
@ApplicationTest
@RequiresProgram({ "sshd", "curl", "wget" })
class SelfEnrolmentSshdTests {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(3).withOwnAccounts();

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(20));

	@Autowired
	EnrolmentTokens tokens;

	@Autowired
	EnrolmentScript script;

	@Autowired
	Registrations registrations;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	NodeStates states;

	@Autowired
	ManagementKeys managementKeys;

	@Autowired
	Clock clock;

	@Autowired
	Candidates candidates;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@AfterEach
	void forget() throws IOException {
		ForgottenNodes.forget(this.nodes, this.jdbc, List.of("self1", "self2", "self3"));
		this.registrations.list(Registration.State.WAITING).forEach((each) -> this.registrations.refuse(each.id()));
		this.jdbc.sql("delete from former_host_keys").update();
		this.clusters.delete("self");
		for (SshdNode sshd : SSHD.all()) {
			for (String account : List.of("root", "deploy", "latchkey")) {
				Files.deleteIfExists(sshd.authorizedKeys(account));
				Files.deleteIfExists(sshd.authorizedKeys(account).getParent());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "curl -fsS, dash", "curl -fsS, bash", "wget -qO-, busybox sh" })
	void aNodeIsInSyncAfterOneCommandAndASecondChangesNothing(String fetch, String shell) throws IOException {
		SshdNode sshd = SSHD.first();
		sshd.authorize("root", "# kept as it is, without an end");
		Path file = sshd.authorizedKeys("root");
		byte[] before = "# kept as it is, without an end".getBytes(StandardCharsets.US_ASCII);
		Files.write(file, before);
		this.clusters.create("self", null, List.of());
		MadeEnrolmentToken made = make("root", 1, false);
		ProgramRun first = run(sshd, fetch, made, "LATCHKEY_NAME=self1 " + shell);
		assertThat(first.exitStatus()).as(first.toString()).isZero();
		assertThat(first.output()).contains("This machine is the node self1");
		awaitInSync("self1");
		Node node = this.nodes.get("self1");
		assertThat(node.route().address()).isEqualTo(sshd.address());
		assertThat(node.route().port()).isEqualTo(sshd.port());
		assertThat(node.hostKeys()).extracting((key) -> key.key().fingerprint().value())
			.containsExactlyInAnyOrderElementsOf(sshd.hostKeyFingerprints());
		assertThat(node.clusters()).containsExactly("self");
		assertThat(node.labels()).containsEntry("from", "itself");
		String after = new String(before, StandardCharsets.US_ASCII) + "\n" + this.managementKeys.authorizedKeysLine()
				+ "\n";
		assertThat(file).hasContent(after);
		ProgramRun second = run(sshd, fetch, made, "LATCHKEY_NAME=self1 " + shell);
		assertThat(second.exitStatus()).as(second.toString()).isZero();
		assertThat(second.output()).contains("stands in /root/.ssh/authorized_keys already")
			.contains("is the node self1 in Latchkey already");
		assertThat(file).hasContent(after);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
		assertThat(names(file.getParent())).containsExactly("authorized_keys");
	}

	@Test
	void anAccountWithSudoEnrolsItselfAndRootByIt() {
		SshdNode sshd = SSHD.first();
		ProgramRun own = runAs("latchkey", sshd, "curl -fsS", make("latchkey", 1, false), "LATCHKEY_NAME=self1 sh");
		assertThat(own.exitStatus()).as(own.toString()).isZero();
		awaitInSync("self1");
		this.nodes.delete("self1");
		ProgramRun bySudo = runAs("latchkey", sshd, "curl -fsS", make("root", 1, false), "LATCHKEY_NAME=self1 sh");
		assertThat(bySudo.exitStatus()).as(bySudo.toString()).isZero();
		awaitInSync("self1");
		assertThat(this.nodes.get("self1").management().account()).isEqualTo("root");
	}

	@Test
	void aNodeWaitsUntilItIsApproved() {
		MadeEnrolmentToken made = make("root", 2, true);
		ProgramRun run = run(SSHD.first(), "curl -fsS", made, "LATCHKEY_NAME=self1 sh");
		assertThat(run.output()).contains("waits for approval");
		run = run(SSHD.first(), "curl -fsS", made, "LATCHKEY_NAME=self1 sh");
		assertThat(run.output()).contains("waits for approval");
		assertThat(this.nodes.find("self1")).isEmpty();
		assertThat(run(SSHD.get(1), "curl -fsS", made, "LATCHKEY_NAME=self2 sh").exitStatus()).isZero();
		this.registrations.approve(waiting("self1").id());
		awaitInSync("self1");
		this.registrations.refuse(waiting("self2").id());
		ProgramRun refused = run(SSHD.get(1), "curl -fsS", made, "LATCHKEY_NAME=self2 sh");
		assertThat(refused.exitStatus()).isEqualTo(1);
		assertThat(refused.errorOutput()).contains("was refused");
		assertThat(this.nodes.find("self2")).isEmpty();
	}

	@Test
	void whatIsRefusedLeavesTheNodeAsItWas() throws IOException {
		SshdNode sshd = SSHD.first();
		assertThat(run(sshd, "curl -fsS", make("root", 1, false), "LATCHKEY_NAME=self1 sh").exitStatus()).isZero();
		ProgramRun otherName = run(sshd, "curl -fsS", make("deploy", 1, false), "LATCHKEY_NAME=self2 sh");
		assertThat(otherName.exitStatus()).isEqualTo(1);
		assertThat(otherName.errorOutput()).contains("self1 has the same host key");
		MadeEnrolmentToken usedUp = make("deploy", 1, false);
		assertThat(run(SSHD.get(1), "curl -fsS", usedUp, "LATCHKEY_NAME=self2 sh").exitStatus()).isZero();
		this.nodes.delete("self1");
		ProgramRun tooLate = run(sshd, "curl -fsS", usedUp, "LATCHKEY_NAME=self1 sh");
		assertThat(tooLate.exitStatus()).isEqualTo(1);
		assertThat(tooLate.errorOutput()).contains("as many nodes as it was made for");
		Files.createDirectories(sshd.home("deploy").resolve("elsewhere"));
		Files.createSymbolicLink(sshd.home("deploy").resolve(".ssh"), Path.of("elsewhere"));
		Files.createSymbolicLink(sshd.home("deploy").resolve("elsewhere/authorized_keys"), Path.of("/etc/passwd"));
		ProgramRun link = run(sshd, "curl -fsS", make("deploy", 1, false), "LATCHKEY_NAME=self1 sh");
		assertThat(link.exitStatus()).isEqualTo(1);
		assertThat(link.errorOutput()).contains("is a symbolic link");
		assertThat(this.nodes.find("self1")).isEmpty();
		Files.delete(sshd.home("deploy").resolve("elsewhere/authorized_keys"));
		Files.delete(sshd.home("deploy").resolve(".ssh"));
	}

	/** Latchkey is away, or changes its mind, after the line was put there. */
	@Test
	void aRegistrationThatBreaksOffPutsTheFileBack() throws IOException {
		SshdNode sshd = SSHD.get(1);
		sshd.authorize("root", "# kept");
		MadeEnrolmentToken made = make("root", 1, false);
		HttpServer breaking = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		URI address = URI.create("http://127.0.0.1:" + breaking.getAddress().getPort());
		List<String> seen = new CopyOnWriteArrayList<>();
		Path script = sshd.home("root").resolve("enrol.sh");
		Files.writeString(script, this.script.render(address));
		Files.writeString(sshd.home("root").resolve("token"), made.text().text());
		answer(breaking, "/enrol/terms", 200,
				() -> "terms\n" + this.script.render(new EnrolmentTerms(made.token(), "0".repeat(64))));
		answer(breaking, "/enrol/check", 200, () -> "accepted\n\n");
		answer(breaking, "/enrol", 503, () -> {
			seen.add(read(sshd.authorizedKeys("root")));
			return "";
		});
		breaking.start();
		try {
			for (String without : List.of("wget", "curl")) {
				ProgramRun run = Ssh.to(sshd)
					.runWithPassword("root", sshd.password(),
							"sed 's/has %s/false/' enrol.sh >one.sh; LATCHKEY_NAME=self2 sh one.sh <token"
								.formatted(without));
				assertThat(run.exitStatus()).isEqualTo(1);
				assertThat(run.errorOutput()).contains("failed while registering at " + address);
				assertThat(sshd.authorizedKeys("root")).hasContent("# kept\n");
			}
		}
		finally {
			breaking.stop(0);
			for (String file : List.of("enrol.sh", "one.sh", "token")) {
				Files.deleteIfExists(sshd.home("root").resolve(file));
			}
		}
		assertThat(seen).hasSize(2)
			.allSatisfy((file) -> assertThat(file).contains(this.managementKeys.authorizedKeysLine()));
		assertThat(names(sshd.authorizedKeys("root").getParent())).containsExactly("authorized_keys");
	}

	@Test
	void aScriptThatCameInHalfDoesNothing() throws IOException {
		SshdNode sshd = SSHD.get(1);
		MadeEnrolmentToken made = make("root", 1, false);
		String whole = this.script.render(URI.create("http://127.0.0.1:" + this.port));
		Path token = sshd.home("root").resolve("token");
		Files.writeString(token, made.text().text());
		Path half = sshd.home("root").resolve("half.sh");
		for (int part = 1; part < 20; part++) {
			Files.writeString(half, whole.substring(0, whole.length() * part / 20));
			sshd.runInside("sh", "-c", "sh /root/half.sh </root/token 2>/dev/null || :");
		}
		Files.delete(half);
		Files.delete(token);
		assertThat(sshd.authorizedKeys("root")).doesNotExist();
		assertThat(this.tokens.get(made.token().id()).used()).isZero();
	}

	/** A person runs the command as it is, and types the token. */
	@Test
	@RequiresProgram("script")
	void asksForTheTokenOnTheTerminal() {
		MadeEnrolmentToken made = make("root", 1, false);
		ProgramRun run = Ssh.to(SSHD.first())
			.runWithPassword("root", SSHD.first().password(),
					"export LATCHKEY_NAME=self1; (sleep 1; echo %s; sleep 9) | script -qec '%s' /dev/null"
						.formatted(made.text().text(), commands("curl -fsS")));
		assertThat(run.output()).as(run.toString()).contains("Enrolment token: ", "This machine is the node self1");
		awaitInSync("self1");
	}

	/**
	 * Neither an address nor a command line has it: proxies log the one, ps shows the
	 * other.
	 */
	@Test
	void tellsTheTokenToNobodyElse() throws IOException {
		SshdNode sshd = SSHD.first();
		MadeEnrolmentToken made = make("root", 1, false);
		Path folder = Files.createDirectory(sshd.home("root").resolve("watched"));
		String trap = "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >>/root/watched/lines\nps axww -o args >>/root/watched/lines\n";
		for (String program : List.of("curl", "wget", "ssh-keygen", "hostname")) {
			Path watched = folder.resolve(program);
			Files.writeString(watched, trap + "exec /usr/bin/" + program + " \"$@\"\n");
			watched.toFile().setExecutable(true);
		}
		ProgramRun run = run(sshd, "curl -fsS", made, "PATH=/root/watched:$PATH LATCHKEY_NAME=self1 sh");
		String lines = Files.readString(folder.resolve("lines"));
		sshd.runInside("rm", "-r", "/root/watched");
		assertThat(run.exitStatus()).as(run.toString()).isZero();
		assertThat(lines).contains("/enrol/terms", "/enrol/check", "enrol@latchkey", "enrol.sh")
			.doesNotContain(made.text().text());
	}

	@Test
	void provesItsHostKeysOfEachType() throws IOException {
		SshdNode sshd = SSHD.get(2);
		sshd.runInside("ssh-keygen", "-q", "-t", "rsa", "-b", "3072", "-N", "", "-f", "/root/rsa_host_key");
		sshd.configure("HostKey /root/rsa_host_key");
		sshd.stop();
		sshd.start();
		assertThat(run(sshd, "curl -fsS", make("root", 1, false), "LATCHKEY_NAME=self3 sh").exitStatus()).isZero();
		assertThat(this.nodes.get("self3").hostKeys()).extracting((key) -> key.key().type())
			.containsExactlyInAnyOrder("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa");
		awaitInSync("self3");
	}

	/**
	 * It says that another machine's host key is its own, or has a key that cannot sign.
	 */
	@Test
	void whatIsNotProvedIsNotPinned() throws IOException {
		SshdNode sshd = SSHD.first();
		MadeEnrolmentToken made = make("root", 2, false);
		Path folder = Files.createDirectory(sshd.home("root").resolve("lying"));
		Path liar = folder.resolve("ssh-keygen");
		Files.writeString(liar,
				"#!/bin/sh\nexec /usr/bin/ssh-keygen -Y sign -q -n enrol@latchkey -f /root/lying/own\n");
		liar.toFile().setExecutable(true);
		sshd.runInside("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/root/lying/own");
		ProgramRun forged = run(sshd, "curl -fsS", made, "PATH=/root/lying:$PATH LATCHKEY_NAME=self1 sh");
		Files.writeString(liar, "#!/bin/sh\nexit 1\n");
		ProgramRun unproved = run(sshd, "curl -fsS", made, "PATH=/root/lying:$PATH LATCHKEY_NAME=self1 sh");
		sshd.runInside("rm", "-r", "/root/lying");
		assertThat(forged.exitStatus()).isEqualTo(1);
		assertThat(forged.errorOutput()).contains("this machine does not have that key");
		assertThat(unproved.exitStatus()).as(unproved.toString()).isZero();
		assertThat(unproved.output()).contains("waits for approval");
		assertThat(waiting("self1").said().proved()).isFalse();
		assertThat(this.nodes.find("self1")).isEmpty();
	}

	private static void answer(HttpServer server, String path, int status, Supplier<String> text) {
		server.createContext(path, (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private MadeEnrolmentToken make(String account, int uses, boolean approval) {
		Privilege privilege = account.equals("root") ? Privilege.ROOT : Privilege.SUDO;
		List<String> in = this.clusters.names().contains("self") ? List.of("self") : List.of();
		return this.tokens.make(new EnrolmentTokenDraft("tests", account, privilege, Mode.ADDITIVE, in,
				Map.of("from", "itself"), uses, this.clock.instant().plus(Duration.ofHours(1)), approval));
	}

	private ProgramRun run(SshdNode sshd, String fetch, MadeEnrolmentToken token, String shell) {
		return runAs("root", sshd, fetch, token, shell);
	}

	/** By way of the commands that people are shown, with the token on standard input. */
	private ProgramRun runAs(String account, SshdNode sshd, String fetch, MadeEnrolmentToken token, String shell) {
		try {
			Path file = sshd.home(account).resolve("token");
			Files.writeString(file, token.text().text() + "\n");
			String command = commands(fetch).replaceFirst("\\| sh$",
					">enrol.sh && " + Matcher.quoteReplacement(shell) + " enrol.sh <token");
			ProgramRun run = Ssh.to(sshd)
				.runWithPassword(account, sshd.password(), command + "; status=$?; rm enrol.sh; exit $status");
			Files.delete(file);
			return run;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String commands(String fetch) {
		return this.script.commands(URI.create("http://127.0.0.1:" + this.port))
			.stream()
			.filter((each) -> each.startsWith(fetch))
			.findFirst()
			.orElseThrow();
	}

	private Registration waiting(String name) {
		return this.registrations.list(Registration.State.WAITING)
			.stream()
			.filter((registration) -> registration.said().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private void awaitInSync(String name) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.states.of(this.nodes.idOf(name)).state())
				.as(() -> this.candidates.all().toString() + this.states.of(this.nodes.idOf(name)))
				.isEqualTo(NodeState.IN_SYNC));
	}

	private static List<String> names(Path folder) throws IOException {
		List<String> names = new ArrayList<>();
		try (var files = Files.newDirectoryStream(folder)) {
			files.forEach((file) -> names.add(file.getFileName().toString()));
		}
		return names;
	}

}
