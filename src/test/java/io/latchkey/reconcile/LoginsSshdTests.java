package io.latchkey.reconcile;

import java.time.Duration;
import java.util.List;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.logins.Login;
import io.latchkey.logins.LoginQuery;
import io.latchkey.logins.Logins;
import io.latchkey.logins.OpenSessions;
import io.latchkey.logins.SessionsNow;
import io.latchkey.logins.Standing;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * A check tells who came in since the last one.
 */
class LoginsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).loggingTo(SshdLog.SYSLOG);

	@Autowired
	private Logins logins;

	@Autowired
	private OpenSessions sessions;

	@Autowired
	private Revocations revocations;

	@Autowired
	private MockMvc api;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void emptyTheFiles() {
		forgetTheNodes();
		sshd().authorize("root");
		sshd().authorize("deploy");
	}

	@Test
	void tellsWhoCameInByWhichGrantAndByWhichKeyThatNobodyGranted() throws Exception {
		SshKeyPair granted = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", foreign.publicKey());
		String person = identityWith(granted);
		Grant grant = grant(person, node, "deploy", Duration.ofHours(1));
		settled(grant);
		assertThat(ssh().letsIn("deploy", granted.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", SshKeys.generate().privateKey())).isFalse();

		check(node);
		until(() -> logins(node, "deploy", Login.Outcome.ACCEPTED).size() == 2);

		assertThat(logins(node, "deploy", Login.Outcome.ACCEPTED)).anySatisfy((login) -> {
			assertThat(login.fingerprint()).isEqualTo(granted.fingerprint());
			assertThat(login.identity()).isEqualTo(person);
			assertThat(login.grant()).isEqualTo(grant.id().value());
			assertThat(login.standing()).isEqualTo(Standing.GRANTED);
		}).anySatisfy((login) -> {
			assertThat(login.fingerprint()).isEqualTo(foreign.fingerprint());
			assertThat(login.identity()).isNull();
			assertThat(login.standing()).isEqualTo(Standing.UNGRANTED);
		});
		assertThat(logins(node, "deploy", Login.Outcome.REFUSED)).isNotEmpty();
		assertThat(logins(node, "root", Login.Outcome.ACCEPTED)).extracting(Login::standing, Login::method)
			.as("the enrolment's by a password, and all others")
			.containsExactly(tuple(Standing.LATCHKEY, "publickey"), tuple(Standing.NO_KEY, "password"));
		assertThat(this.logins.lastUses(List.of(Fingerprint.parse(granted.fingerprint())))).hasSize(1);
		this.api
			.perform(get("/api/v1/logins?node={node}&identity={person}", node.name(), person).header("Authorization",
					"Bearer " + ApplicationTest.TOKEN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.items.length()").value(1))
			.andExpect(jsonPath("$.items[0].outcome").value("ACCEPTED"))
			.andExpect(jsonPath("$.items[0].grantId").value(grant.id().value()));

		check(node);
		check(node);
		assertThat(logins(node, "deploy", Login.Outcome.ACCEPTED)).hasSize(2);
	}

	@Test
	void tellsWhoIsInNowAndEndsOneSession() throws Exception {
		SshKeyPair granted = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(granted);
		Grant grant = grant(person, node, "deploy", Duration.ofHours(1));
		settled(grant);
		try (SshSession session = ssh().open("deploy", granted)) {
			SessionsNow.Session open = this.sessions.on(node.name()).sessions().get(0);
			assertThat(open.opened()).isNotNull();
			assertThat(open.opened().identity()).isEqualTo(person);
			assertThat(open.opened().grant()).isEqualTo(grant.id().value());
			this.api
				.perform(post("/api/v1/nodes/{node}/sessions/end", node.name())
					.header("Authorization", "Bearer " + ApplicationTest.TOKEN)
					.contentType(MediaType.APPLICATION_JSON)
					.content("{\"account\": \"deploy\", \"id\": \"%d-%d\"}".formatted(open.process(), open.start())))
				.andExpect(status().isOk())
				.andExpect(jsonPath("$.outcome").value("ENDED"));
			assertThat(session.endsWithin(Patience.of(Duration.ofSeconds(5)))).isTrue();
		}
		this.api
			.perform(get("/api/v1/audit?subject=node:{node}&action=session.ended", node.name()).header("Authorization",
					"Bearer " + ApplicationTest.TOKEN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.items.length()").value(1));
	}

	@Test
	void tellsWhereSomebodyIsInAndByWhichGrant() throws Exception {
		SshKeyPair granted = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", foreign.publicKey());
		String person = identityWith(granted);
		Grant grant = grant(person, node, "deploy", Duration.ofHours(1));
		settled(grant);
		try (SshSession session = ssh().open("deploy", granted); SshSession other = ssh().open("deploy", foreign)) {
			assertThat(session.isOpen() && other.isOpen()).isTrue();
			assertThat(this.sessions.on(node.name()).sessions()).hasSize(2);
			look("/api/v1/identities/{it}/sessions/look", person).andExpect(status().isOk())
				.andExpect(jsonPath("$.sessions.length()").value(1))
				.andExpect(jsonPath("$.sessions[0].node").value(node.name()))
				.andExpect(jsonPath("$.sessions[0].fingerprint").value(granted.fingerprint()))
				.andExpect(jsonPath("$.silent").isEmpty());
			look("/api/v1/grants/{it}/sessions/look", grant.id().value()).andExpect(status().isOk())
				.andExpect(jsonPath("$.sessions.length()").value(1))
				.andExpect(jsonPath("$.sessions[0].grantId").value(grant.id().value()));
			this.revocations.revoke(grant.id(), LiveSessions.LEAVE);
			look("/api/v1/grants/{it}/sessions/look", grant.id().value()).andExpect(status().isOk())
				.andExpect(jsonPath("$.sessions.length()").value(1));
		}
	}

	private ResultActions look(String path, Object of) throws Exception {
		return this.api.perform(post(path, of).header("Authorization", "Bearer " + ApplicationTest.TOKEN));
	}

	private List<Login> logins(Node node, String account, Login.Outcome outcome) {
		return this.logins
			.list(new LoginQuery(null, node.name(), account, null, null, null, outcome, null, null, null),
					PageRequest.of(0, 50))
			.getContent();
	}

}
