package io.latchkey.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.PatientDeadlines;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The database is stopped while a node is being worked on, and started again.
 */
@Tag("postgres")
@ContextConfiguration(initializers = { RestartablePostgres.class, PatientDeadlines.class }, inheritInitializers = false)
@TestPropertySource(properties = { "latchkey.transport.connect-timeout=20s", "latchkey.transport.keep-for=0s" })
@DirtiesContext
class DatabaseOutageDataTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	/** A run that nobody ended is taken up after four heartbeats of three seconds. */
	private static final Duration RECOVERY = Patience.of(Duration.ofSeconds(40));

	@Autowired
	private MockMvc api;

	private Cookie session;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void resumeTheNode() {
		sshd().resume();
	}

	@Test
	void losesNoChangeAndTellsNoSuccessWhenTheDatabaseGoesAwayInARun() throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair before = SshKeys.generate();
		Grant revoked = grant(identityWith(before), node, "deploy", null);
		settled(revoked);
		SshKeyPair key = SshKeys.generate();
		String person = identityWith(key);
		sshd().pause();
		Grant granted = grant(person, node, "deploy", null);
		until(this::isTalkedTo);
		this.session = signIn();
		this.grants.revoke(revoked.id());
		RestartablePostgres.stop();
		try {
			sshd().resume();
			until(() -> !isTalkedTo());
			refusesWhatItCannotKeep(person);
		}
		finally {
			RestartablePostgres.start();
		}
		await().atMost(RECOVERY).ignoreExceptions().until(() -> this.deliveries.of(granted.id()).inPlace() == 1);
		await().atMost(RECOVERY)
			.until(() -> this.deliveries.of(revoked.id()).nodes().get(0).state() == Delivery.State.REMOVED);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", before.privateKey())).isFalse();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		worksAgain(person);
	}

	private void refusesWhatItCannotKeep(String person) throws Exception {
		for (MockHttpServletRequestBuilder request : new MockHttpServletRequestBuilder[] { get("/api/v1/nodes"),
				newPerson(person + "-too") }) {
			this.api.perform(authorized(request))
				.andExpect(status().isServiceUnavailable())
				.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
				.andExpect(header().exists("Retry-After"))
				.andExpect(jsonPath("$.type").value("/problems/database-unavailable"));
		}
		for (MockHttpServletRequestBuilder request : new MockHttpServletRequestBuilder[] { get("/nodes"),
				post("/sign-in").with(form())
					.param("username", "admin")
					.param("password", ApplicationTest.PASSWORD) }) {
			this.api.perform(request.cookie(this.session))
				.andExpect(status().isServiceUnavailable())
				.andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML))
				.andExpect(header().exists("Retry-After"))
				.andExpect(content().string(containsString("That does not work at the moment")));
		}
	}

	private Cookie signIn() throws Exception {
		return this.api.perform(
				post("/sign-in").with(form()).param("username", "admin").param("password", ApplicationTest.PASSWORD))
			.andReturn()
			.getResponse()
			.getCookie("latchkey-session");
	}

	private void worksAgain(String person) throws Exception {
		this.api.perform(authorized(get("/api/v1/identities/{name}", person + "-too")))
			.andExpect(status().isNotFound());
		this.api.perform(authorized(newPerson(person + "-too"))).andExpect(status().isCreated());
		this.api.perform(get("/nodes").cookie(this.session)).andExpect(status().isOk());
	}

	private static MockHttpServletRequestBuilder newPerson(String name) {
		return post("/api/v1/identities").contentType(MediaType.APPLICATION_JSON)
			.content("{\"name\": \"%s\", \"kind\": \"PERSON\"}".formatted(name));
	}

	private static MockHttpServletRequestBuilder authorized(MockHttpServletRequestBuilder request) {
		return request.header("Authorization", "Bearer " + ApplicationTest.TOKEN);
	}

	/** Whether there is a connection to it; Latchkey's are the only ones. */
	private boolean isTalkedTo() {
		String established = ":%04X 01 ".formatted(sshd().port());
		return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
			.map(Path::of)
			.filter(Files::exists)
			.anyMatch((connections) -> linesOf(connections).anyMatch((line) -> line.contains(established)));
	}

	private static Stream<String> linesOf(Path file) {
		try {
			return Files.readAllLines(file).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
