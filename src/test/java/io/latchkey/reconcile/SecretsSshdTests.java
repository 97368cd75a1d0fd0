package io.latchkey.reconcile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.secrets.SecretVault;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/**
 * No secret is told by what is kept, logged, thrown and answered when things go wrong,
 * with everything logged that can be.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private static final String WRONG = "hunter2-of-somebody-elses";

	private static final List<String> TALKATIVE = List.of("io.latchkey", "com.jcraft", "org.springframework.web",
			"org.springframework.jdbc", "org.springframework.security", "com.github.kagkarlsson");

	/** Longer than what two texts in base64 have in common by chance. */
	private static final int PIECE = 16;

	private int loggedBefore;

	@Autowired
	private MockMvc api;

	@Autowired
	private ManagementKeys managementKeys;

	@Autowired
	private SecretVault vault;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void logEverything(CapturedOutput output) {
		this.loggedBefore = output.length();
		TALKATIVE.forEach((logger) -> level(logger, LogLevel.TRACE));
	}

	@AfterEach
	void logAsBefore() {
		TALKATIVE.forEach((logger) -> level(logger, null));
	}

	@Test
	void aWrongPasswordIsToldNowhere(CapturedOutput output) throws Exception {
		Node node = addedNode(Mode.ADDITIVE);
		Fingerprint hostKey = Fingerprint.parse(sshd().hostKeyFingerprints().get(0));
		String answer = answer(post("/api/v1/nodes/{name}/enrol", node.name()), """
				{"method": "PASSWORD", "password": "%s", "acceptHostKey": "%s"}
				""".formatted(WRONG, hostKey));
		assertThat(answer).contains("not-let-in").doesNotContain(WRONG);
		NodeException failure = catchThrowableOfType(NodeException.NotLetIn.class, () -> this.enrolments
			.enrol(node.name(), new Enrolment(new Secret.Password(WRONG.toCharArray()), null, hostKey)));
		assertThat(textsOf(failure)).noneMatch((text) -> text.contains(WRONG));
		assertThat(failure.handshakeLog()).contains("Next authentication method: password").doesNotContain(WRONG);
		assertThat(logged(output)).contains("/enrol").doesNotContain(WRONG).doesNotContain(ApplicationTest.TOKEN);
	}

	@Test
	void aPasswordInABodyThatIsNoJsonIsToldNowhere(CapturedOutput output) throws Exception {
		String word = WRONG.substring(0, WRONG.indexOf('-'));
		for (String body : List.of("{\"method\": \"PASSWORD\", \"password\": %s}", "{\"password\": \"%s", "%s",
				"{\"method\": \"%s\"}", "{\"password\": [\"%s\"]}")) {
			answer(post("/api/v1/nodes/{name}/enrol", "any"), body.formatted(WRONG));
		}
		assertThat(logged(output)).contains("/enrol").doesNotContain(word);
	}

	@Test
	void aPrivateKeyGivenForAPublicOneIsToldNowhere(CapturedOutput output) throws Exception {
		String person = identityWith(SshKeys.generate());
		String text = Files.readString(SshKeys.generate().privateKey());
		List<String> pieces = pieces(text, "");
		String answer = answer(post("/api/v1/identities/{name}/keys", person),
				"{\"publicKey\": \"%s\"}".formatted(text.replace("\n", "\\n")));
		assertThat(answer).contains("private").doesNotContain(pieces);
		assertThat(logged(output)).contains("/keys").doesNotContain(pieces);
	}

	@Test
	void theManagementKeyIsToldNowhereWhenItIsRefused(CapturedOutput output) throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("root", SshKeys.generate().publicKey());
		check(node);
		assertTellsNothing(node, "Next authentication method: publickey", output);
	}

	@Test
	void theManagementKeyIsToldNowhereWhenTheHostKeyIsAnother(CapturedOutput output) throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().withNewHostKey();
		check(node);
		assertTellsNothing(node, "SSH_MSG_KEX", output);
	}

	@Test
	void aTokenThatIsRefusedIsToldNowhere(CapturedOutput output) throws Exception {
		MockHttpServletResponse answer = this.api
			.perform(get("/api/v1/nodes").header("Authorization", "Bearer " + WRONG))
			.andReturn()
			.getResponse();
		assertThat(answer.getStatus()).isEqualTo(401);
		assertThat(answer.getContentAsString()).doesNotContain(WRONG);
		assertThat(logged(output)).contains("/api/v1/nodes").doesNotContain(WRONG);
	}

	private void assertTellsNothing(Node node, String told, CapturedOutput output) throws Exception {
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);
		List<String> pieces = pieces(managementKey(), this.managementKeys.authorizedKeysLine());
		String runs = answer(get("/api/v1/nodes/{name}/runs", node.name()), null);
		String shown = answer(get("/api/v1/nodes/{name}", node.name()), null);
		assertThat(runs).contains("handshakeLog").contains(told).doesNotContain(pieces);
		assertThat(shown).doesNotContain(pieces);
		assertThat(logged(output)).contains(node.name())
			.doesNotContain(pieces)
			.doesNotContain(ApplicationTest.TOKEN)
			.doesNotContain(sshd().password())
			.doesNotContain("PRIVATE KEY");
	}

	private String answer(MockHttpServletRequestBuilder request, @Nullable String body) throws Exception {
		request.header("Authorization", "Bearer " + ApplicationTest.TOKEN);
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).content(body);
		}
		return this.api.perform(request).andReturn().getResponse().getContentAsString();
	}

	private String managementKey() {
		return this.jdbc.sql("select id, private_key from management_key where kind = 'USUAL'")
			.query((row,
					number) -> new String(this.vault.open(Base64.getDecoder().decode(row.getString("private_key")),
							"management_key:private_key:" + row.getLong("id")), StandardCharsets.UTF_8))
			.single();
	}

	/** Of the text of a private key, without what everybody may know of it. */
	private static List<String> pieces(String privateKey, String known) {
		String base64 = privateKey.lines().filter((line) -> !line.startsWith("-----")).collect(Collectors.joining());
		List<String> pieces = IntStream.range(0, base64.length() / PIECE)
			.mapToObj((number) -> base64.substring(number * PIECE, (number + 1) * PIECE))
			.filter((piece) -> !known.contains(piece))
			.toList();
		assertThat(pieces).hasSizeGreaterThan(10);
		return pieces;
	}

	/** What each exception of the chain says, and those that were suppressed. */
	private static List<String> textsOf(Throwable failure) {
		List<String> texts = new ArrayList<>();
		for (Throwable next = failure; next != null; next = next.getCause()) {
			texts.add(next.toString());
			Stream.of(next.getSuppressed()).forEach((each) -> texts.addAll(textsOf(each)));
		}
		return texts;
	}

	/** By this test alone. */
	private String logged(CapturedOutput output) {
		return output.toString().substring(this.loggedBefore);
	}

	private static void level(String logger, @Nullable LogLevel level) {
		LoggingSystem.get(SecretsSshdTests.class.getClassLoader()).setLogLevel(logger, level);
	}

}
