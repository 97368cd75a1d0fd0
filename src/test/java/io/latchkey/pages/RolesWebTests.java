package io.latchkey.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.security.ApiTokens;
import io.latchkey.security.SignIns;
import io.latchkey.users.Role;
import io.latchkey.web.MappedCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

/**
 * Who may call what. Each page, form and call of the API stands here; a new one has to be
 * put where it belongs.
 */
class RolesWebTests extends PagesTest {

	/** Without signing in; of them, those for nodes hold an enrolment token. */
	private static final String ANYBODY = """
			GET /enrol
			POST /enrol
			POST /enrol/check
			POST /enrol/terms
			GET /enrol/{token}
			GET /invitation/{text}
			POST /invitation/{text}
			GET /sign-in
			GET /sign-in/code
			""";

	/** Their own things: nothing in the address, or sent, says whose. */
	private static final String MEMBER = """
			GET /account/sessions
			POST /account/sessions/end-others
			POST /account/sessions/{id}/end
			GET /account
			GET /account/password
			POST /account/password
			GET /account/second-factor
			POST /account/second-factor
			POST /account/second-factor/begin
			GET /account/second-factor/remove
			POST /account/second-factor/remove
			GET /sign-in/again
			GET /my
			GET /my/add-key
			POST /my/add-key
			GET /my/remove-key
			POST /my/remove-key
			""";

	private static final String AUDITOR = """
			GET /
			GET /access
			GET /access.csv
			GET /add/cluster
			GET /add/identity
			GET /add/node
			GET /add/team
			GET /api/v1/access
			GET /api/v1/audit
			GET /api/v1/audit/export
			GET /api/v1/audit/keys
			GET /api/v1/audit/verify
			GET /api/v1/clusters
			GET /api/v1/clusters/{name}
			GET /api/v1/clusters/{name}/exclusive-preview
			GET /api/v1/clusters/{name}/inter-node
			GET /api/v1/clusters/{name}/password-login
			GET /api/v1/enrolment/candidates
			GET /api/v1/enrolment/registrations
			GET /api/v1/foreign-keys
			GET /api/v1/grants
			GET /api/v1/grants/unused
			GET /api/v1/grants/{id}
			GET /api/v1/identities
			GET /api/v1/identities/{name}
			GET /api/v1/identities/{name}/keys
			GET /api/v1/identities/{name}/keys/{fingerprint}
			GET /api/v1/identities/{name}/unended-sessions
			GET /api/v1/known-hosts
			GET /api/v1/logins
			GET /api/v1/management-key
			GET /api/v1/nodes
			GET /api/v1/nodes/{name}
			GET /api/v1/nodes/{name}/accounts
			GET /api/v1/nodes/{name}/exclusive-preview
			GET /api/v1/nodes/{name}/diagnosis
			GET /api/v1/nodes/{name}/diagnosis/mends
			GET /api/v1/nodes/{name}/password-login
			GET /api/v1/nodes/{name}/removed-lines
			GET /api/v1/nodes/{name}/runs
			GET /api/v1/status
			GET /api/v1/teams
			GET /api/v1/teams/{name}
			GET /change/mode
			GET /changes
			GET /changes/record
			GET /changes/record.jsonl
			GET /clusters
			GET /clusters.csv
			GET /clusters/{name}
			GET /clusters/{name}/delete
			GET /clusters/{name}/doctor
			GET /clusters/{name}/exclusive
			GET /clusters/{name}/inter-node
			GET /clusters/{name}/inter-node/change
			GET /clusters/{name}/inter-node/rotate
			GET /clusters/{name}/inter-node/test
			GET /clusters/{name}/nodes/{node}/remove
			GET /clusters/{name}/passwords/progress
			GET /doctor
			GET /doctor/mend
			GET /enrolment
			GET /enrolment/import
			GET /enrolment/progress
			GET /enrolment/registrations
			GET /foreign-keys
			GET /foreign-keys/adopt
			GET /foreign-keys/end-toleration
			GET /foreign-keys/keep
			GET /foreign-keys/remove
			GET /foreign-keys/tolerate
			GET /foreign-keys/tolerated
			GET /grants
			GET /help
			GET /grants.csv
			GET /grants/extend
			GET /grants/new
			GET /grants/preview
			GET /grants/revoke
			GET /grants/subjects
			GET /grants/targets
			GET /grants/unused
			GET /grants/{id}
			GET /grants/{id}/close-every-way
			GET /grants/{id}/delivery
			GET /grants/{id}/extend
			GET /grants/{id}/revoke
			GET /identities
			GET /identities.csv
			GET /identities/{name}
			GET /identities/{name}/add-key
			GET /identities/{name}/delete
			GET /identities/{name}/edit
			GET /identities/{name}/remove-key
			GET /identities/{name}/suspend
			GET /identities/{name}/suspension
			GET /identities/{name}/use-key
			GET /keys/unused
			GET /known_hosts
			GET /logins
			GET /logins.csv
			GET /logins/chart
			GET /nodes
			GET /nodes.csv
			GET /nodes/{name}
			GET /nodes/{name}/accounts/{account}/test-login
			GET /nodes/{name}/delete
			GET /nodes/{name}/diagnosis
			GET /nodes/{name}/edit
			GET /nodes/{name}/mends/{id}/undo
			GET /nodes/{name}/removed-lines
			GET /grants/{id}/sessions
			GET /grants/{id}/sessions/end
			GET /identities/{name}/sessions
			GET /identities/{name}/sessions/end
			GET /nodes/{name}/sessions
			GET /nodes/{name}/sessions/end
			GET /nodes/{name}/state
			GET /nodes/{name}/test-login
			GET /overview
			GET /search
			GET /settings
			GET /settings/rotation
			GET /suggestions/accounts
			GET /suggestions/clusters
			GET /suggestions/identities
			GET /suggestions/nodes
			GET /teams
			GET /teams.csv
			GET /teams/{name}
			GET /teams/{name}/delete
			GET /teams/{name}/members/{identity}/remove
			""";

	private static final String OPERATOR = """
			POST /add/cluster
			POST /add/identity
			POST /add/node
			POST /add/team
			POST /api/v1/client-diagnosis
			POST /api/v1/clusters
			DELETE /api/v1/clusters/{name}
			PATCH /api/v1/clusters/{name}
			PUT /api/v1/clusters/{name}
			PUT /api/v1/clusters/{name}/inter-node
			POST /api/v1/clusters/{name}/inter-node/rotate
			POST /api/v1/clusters/{name}/inter-node/test
			DELETE /api/v1/clusters/{name}/nodes/{node}
			PUT /api/v1/clusters/{name}/nodes/{node}
			POST /api/v1/clusters/{name}/diagnosis
			POST /api/v1/clusters/{name}/password-login/look
			POST /api/v1/enrolment/confirm
			POST /api/v1/enrolment/import
			POST /api/v1/enrolment/import/preview
			POST /api/v1/enrolment/scan
			POST /api/v1/foreign-keys/adopt
			POST /api/v1/foreign-keys/end-toleration
			POST /api/v1/foreign-keys/keep
			POST /api/v1/foreign-keys/remove
			POST /api/v1/foreign-keys/tolerate
			POST /api/v1/grants
			POST /api/v1/grants/preview
			DELETE /api/v1/grants/{id}
			PATCH /api/v1/grants/{id}
			POST /api/v1/identities
			DELETE /api/v1/identities/{name}
			PATCH /api/v1/identities/{name}
			PUT /api/v1/identities/{name}
			POST /api/v1/identities/{name}/keys
			DELETE /api/v1/identities/{name}/keys/{fingerprint}
			POST /api/v1/identities/{name}/resume
			POST /api/v1/identities/{name}/suspend
			POST /api/v1/grants/revoke
			POST /api/v1/grants/{id}/sessions/look
			POST /api/v1/identities/{name}/sessions/look
			POST /api/v1/identities/{name}/unended-sessions/seen
			POST /api/v1/identities/{name}/unended-sessions/try-again
			POST /api/v1/nodes
			DELETE /api/v1/nodes/{name}
			PATCH /api/v1/nodes/{name}
			PUT /api/v1/nodes/{name}
			POST /api/v1/nodes/{name}/accounts/{account}/test-login
			POST /api/v1/nodes/{name}/diagnosis
			POST /api/v1/nodes/{name}/diagnosis/accounts
			POST /api/v1/nodes/{name}/diagnosis/mends
			POST /api/v1/nodes/{name}/diagnosis/mends/{id}/undo
			POST /api/v1/nodes/{name}/enrol
			GET /api/v1/nodes/{name}/host-keys
			DELETE /api/v1/nodes/{name}/leaving
			POST /api/v1/nodes/{name}/password-login/look
			POST /api/v1/nodes/{name}/reconcile
			DELETE /api/v1/nodes/{name}/removed-lines/{id}/restore
			POST /api/v1/nodes/{name}/removed-lines/{id}/restore
			POST /api/v1/nodes/{name}/sessions/end
			POST /api/v1/nodes/{name}/sessions/look
			POST /api/v1/nodes/{name}/test-login
			POST /api/v1/teams
			DELETE /api/v1/teams/{name}
			PATCH /api/v1/teams/{name}
			PUT /api/v1/teams/{name}
			DELETE /api/v1/teams/{name}/members/{identity}
			PUT /api/v1/teams/{name}/members/{identity}
			POST /change/mode
			POST /clusters/{name}
			POST /clusters/{name}/delete
			POST /clusters/{name}/doctor
			POST /clusters/{name}/inter-node/change
			POST /clusters/{name}/inter-node/rotate
			POST /clusters/{name}/inter-node/test
			POST /clusters/{name}/nodes/{node}/remove
			GET /clusters/{name}/passwords
			POST /doctor
			POST /doctor/mend
			POST /enrolment
			POST /enrolment/confirm
			POST /enrolment/import
			POST /enrolment/scan
			POST /foreign-keys/adopt
			POST /foreign-keys/end-toleration
			POST /foreign-keys/keep
			POST /foreign-keys/remove
			POST /foreign-keys/tolerate
			POST /grants/extend
			POST /grants/new
			POST /grants/revoke
			POST /grants/{id}/close-every-way
			POST /grants/{id}/extend
			POST /grants/{id}/revoke
			POST /identities/{name}/add-key
			POST /identities/{name}/delete
			POST /identities/{name}/edit
			POST /identities/{name}/remove-key
			POST /identities/{name}/resume
			POST /identities/{name}/sessions/seen
			POST /identities/{name}/sessions/try-again
			POST /identities/{name}/suspend
			POST /nodes/{name}/accounts/{account}/test-login
			POST /nodes/check
			POST /nodes/{name}/check
			POST /nodes/{name}/delete
			POST /nodes/{name}/edit
			POST /nodes/{name}/mends/{id}/undo
			GET /nodes/{name}/enrol
			POST /nodes/{name}/enrol
			GET /nodes/{name}/host-keys
			GET /nodes/{name}/passwords
			POST /nodes/{name}/removed-lines/{id}/let-go
			POST /nodes/{name}/removed-lines/{id}/restore
			POST /nodes/{name}/stay
			POST /grants/{id}/sessions
			POST /grants/{id}/sessions/end
			POST /identities/{name}/sessions
			POST /identities/{name}/sessions/end
			POST /nodes/{name}/sessions
			POST /nodes/{name}/sessions/end
			POST /nodes/{name}/test-login
			POST /teams/{name}
			POST /teams/{name}/delete
			POST /teams/{name}/members/{identity}/remove
			""";

	private static final String ADMIN = """
			PUT /api/v1/clusters/{name}/password-login
			POST /api/v1/clusters/{name}/password-login/resume
			POST /api/v1/enrolment/registrations/{id}/approve
			POST /api/v1/enrolment/registrations/{id}/refuse
			GET /api/v1/enrolment/tokens
			POST /api/v1/enrolment/tokens
			DELETE /api/v1/enrolment/tokens/{id}
			GET /api/v1/enrolment/tokens/{id}
			POST /api/v1/identities/{name}/key-pairs
			POST /api/v1/management-key/rotate
			DELETE /api/v1/nodes/{name}/debug-sshd
			GET /api/v1/nodes/{name}/debug-sshd
			POST /api/v1/nodes/{name}/debug-sshd
			POST /api/v1/nodes/{name}/host-keys
			PUT /api/v1/nodes/{name}/password-login
			GET /api/v1/tokens
			POST /api/v1/tokens
			DELETE /api/v1/tokens/{id}
			GET /api/v1/tokens/{id}
			GET /api/v1/users
			POST /api/v1/users
			DELETE /api/v1/users/{name}
			GET /api/v1/users/{name}
			PATCH /api/v1/users/{name}
			POST /api/v1/users/{name}/disable
			POST /api/v1/users/{name}/enable
			DELETE /api/v1/users/{name}/invitation
			POST /api/v1/users/{name}/invitation
			GET /clusters/{name}/inter-node/take
			POST /clusters/{name}/inter-node/take
			POST /clusters/{name}/passwords
			POST /clusters/{name}/passwords/resume
			POST /enrolment/registrations
			GET /enrolment/tokens
			POST /enrolment/tokens
			GET /enrolment/tokens/{id}/end
			POST /enrolment/tokens/{id}/end
			GET /identities/{name}/make-key-pair
			POST /identities/{name}/make-key-pair
			GET /nodes/{name}/debug-sshd
			POST /nodes/{name}/debug-sshd
			GET /nodes/{name}/debug-sshd/log
			POST /nodes/{name}/debug-sshd/stop
			POST /nodes/{name}/host-keys
			POST /nodes/{name}/passwords
			GET /settings/rotate
			POST /settings/rotate
			GET /settings/secrets
			POST /settings/secrets/rotate
			GET /settings/tokens
			POST /settings/tokens
			GET /settings/tokens/{id}/delete
			POST /settings/tokens/{id}/delete
			GET /settings/users
			POST /settings/users
			GET /settings/users/{name}
			POST /settings/users/{name}
			GET /settings/users/{name}/delete
			POST /settings/users/{name}/delete
			GET /settings/users/{name}/disable
			POST /settings/users/{name}/disable
			POST /settings/users/{name}/enable
			POST /settings/users/{name}/invitation
			GET /settings/users/{name}/second-factor
			POST /settings/users/{name}/second-factor
			POST /settings/users/{name}/sessions/end
			POST /settings/users/{name}/sessions/{id}/end
			POST /settings/users/{name}/withdraw
			""";

	/** In the page of permissions, the line that the matrix follows. */
	private static final String MATRIX = "<!-- RolesWebTests -->\n";

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@Autowired
	ApiTokens tokens;

	private String grant;

	@BeforeEach
	void makeOneOfEach() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		this.teams.create("ops", null, List.of("alice"));
		// Nothing listens there.
		this.nodes.create(
				new NodeDraft("web1", "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of("env", "prod")));
		this.clusters.create("prod", null, List.of("web1"));
		this.grant = this.grants
			.issue(new GrantDraft(Subject.parse("team:ops"), Target.parse("cluster:prod"), "deploy", null,
					Duration.ofHours(2), null, null, GrantOptions.NONE))
			.id()
			.toString();
	}

	@Test
	void eachCallStandsHere() {
		assertThat(calls(ANYBODY, MEMBER, AUDITOR, OPERATOR, ADMIN)).doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(mappedCalls());
	}

	/** With LATCHKEY_WRITE_DOCS=true in the environment it writes the tables anew. */
	@Test
	void thePageOfPermissionsSaysTheSame() throws IOException {
		Path page = Path.of("docs/permissions.md");
		String written = Files.readString(page);
		String before = written.substring(0, written.indexOf(MATRIX) + MATRIX.length());
		String expected = before + matrix("Pages", false) + matrix("API", true);
		if (Boolean.parseBoolean(System.getenv("LATCHKEY_WRITE_DOCS"))) {
			Files.writeString(page, expected);
		}
		assertThat(Files.readString(page)).isEqualTo(expected);
	}

	@Test
	void anAuditorChangesNothing() {
		assertThat(calls(AUDITOR)).allMatch((call) -> call.startsWith("GET "));
	}

	@ParameterizedTest
	@EnumSource(names = { "AUDITOR", "OPERATOR" })
	void theRoleDecidesWhatIsAnswered(Role role) throws Exception {
		String token = this.tokens.issue("roles-" + role.name().toLowerCase(Locale.ROOT), role, null).text();
		Map<String, Integer> wrong = new TreeMap<>();
		for (String call : mappedCalls()) {
			int status = status(call, role, token);
			boolean allowed = calls(ANYBODY, MEMBER, AUDITOR).contains(call)
					|| (role == Role.OPERATOR && calls(OPERATOR).contains(call));
			boolean asItShould = allowed ? status != 500 && status != 401 && status != 403 : status == 403;
			if (!asItShould) {
				wrong.put(call, status);
			}
		}
		assertThat(wrong).isEmpty();
	}

	/** No token has the role, so that of the API there is nothing to ask with. */
	@Test
	void aMemberIsAnsweredNothingElse() throws Exception {
		Map<String, Integer> wrong = new TreeMap<>();
		for (String call : calls(ANYBODY, MEMBER, AUDITOR, OPERATOR, ADMIN)) {
			int status = (call.contains(" /api/"))
					? this.mvc.perform(requestOf(call).with(user("somebody").roles("MEMBER")))
						.andReturn()
						.getResponse()
						.getStatus()
					: status(call, Role.MEMBER, "");
			boolean allowed = calls(ANYBODY, MEMBER).contains(call);
			// The way home leads to the member's own page.
			int refused = call.equals("GET /") ? 302 : 403;
			if (allowed ? status == 500 || status == 401 || status == 403 : status != refused) {
				wrong.put(call, status);
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void strangersAreAnsweredNothingElse() throws Exception {
		Map<String, Integer> wrong = new TreeMap<>();
		for (String call : calls(MEMBER, AUDITOR, OPERATOR, ADMIN)) {
			boolean page = !call.contains(" /api/");
			MockHttpServletRequestBuilder request = requestOf(call);
			int status = this.mvc.perform(page ? request.with(form()) : request).andReturn().getResponse().getStatus();
			if (status != (page ? 302 : 401)) {
				wrong.put(call, status);
			}
		}
		assertThat(wrong).isEmpty();
	}

	/** An admin, so that nothing else stands in the way. */
	@Test
	void noPageTakesAFormThatNoneOfThemShowed() throws Exception {
		Map<String, Integer> wrong = new TreeMap<>();
		Set<String> forms = new TreeSet<>(mappedCalls());
		forms.removeIf(
				(call) -> call.startsWith("GET ") || call.contains(" /api/") || call.matches("POST /enrol(/[a-z]+)?"));
		for (String call : forms) {
			for (String token : List.of("", "none")) {
				MockHttpServletRequestBuilder request = requestOf(call).with(administrator());
				int status = this.mvc.perform(token.isEmpty() ? request : request.param("_csrf", token))
					.andReturn()
					.getResponse()
					.getStatus();
				if (status != 403) {
					wrong.put(call, status);
				}
			}
		}
		assertThat(forms).hasSizeGreaterThan(50);
		assertThat(wrong).isEmpty();
	}

	private static String matrix(String title, boolean api) {
		StringBuilder text = new StringBuilder("\n## " + title
				+ "\n\n| | nobody | MEMBER | AUDITOR | OPERATOR | ADMIN |\n| --- | :-: | :-: | :-: | :-: | :-: |\n");
		calls(ANYBODY, MEMBER, AUDITOR, OPERATOR, ADMIN).stream()
			.filter((call) -> call.contains(" /api/") == api)
			.sorted(Comparator.comparing((String call) -> call.substring(call.indexOf(' '))))
			.forEach((call) -> text.append("| `%s` | %s | %s | %s | %s | ✓ |\n".formatted(call, mark(call, ANYBODY),
					mark(call, ANYBODY, MEMBER), mark(call, ANYBODY, MEMBER, AUDITOR),
					mark(call, ANYBODY, MEMBER, AUDITOR, OPERATOR))));
		return text.toString();
	}

	private static String mark(String call, String... lists) {
		return calls(lists).contains(call) ? "✓" : "–";
	}

	private int status(String call, Role role, String token) throws Exception {
		MockHttpServletRequestBuilder request = requestOf(call);
		if (call.contains(" /api/")) {
			request.header("Authorization", "Bearer " + token);
		}
		else {
			request.with(SignIns.fresh("somebody", role)).with(form());
		}
		return this.mvc.perform(request).andReturn().getResponse().getStatus();
	}

	/** What is read is there; what is changed isn't, and what is sent is no JSON. */
	private MockHttpServletRequestBuilder requestOf(String call) {
		HttpMethod method = HttpMethod.valueOf(call.substring(0, call.indexOf(' ')));
		String path = call.substring(call.indexOf(' ') + 1);
		if (method == HttpMethod.GET) {
			path = path.replaceFirst("/identities/\\{name}", "/identities/alice")
				.replaceFirst("/teams/\\{name}", "/teams/ops")
				.replaceFirst("/nodes/\\{name}", "/nodes/web1")
				.replaceFirst("/clusters/\\{name}", "/clusters/prod")
				.replaceFirst("/grants/\\{id}", "/grants/" + this.grant)
				.replace("{node}", "web1")
				.replace("{identity}", "alice")
				.replace("{account}", "root");
		}
		MockHttpServletRequestBuilder request = request(method, path.replaceAll("\\{[a-z]+}", "999"));
		return path.startsWith("/api/") ? request.contentType(MediaType.TEXT_PLAIN).content("none") : request;
	}

	private Set<String> mappedCalls() {
		return MappedCalls.of(this.mappings);
	}

	private static List<String> calls(String... lists) {
		return List.of(lists).stream().flatMap(String::lines).toList();
	}

}
