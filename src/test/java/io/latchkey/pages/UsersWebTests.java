package io.latchkey.pages;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.SampleKeys;
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
import io.latchkey.users.Role;
import io.latchkey.users.UserDraft;
import io.latchkey.users.UserStatus;
import io.latchkey.users.Users;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

class UsersWebTests extends PagesTest {

	private static final String PASSWORD = "a kettle and four spoons";

	@Autowired
	Users users;

	@Autowired
	ApiTokens tokens;

	@BeforeEach
	void makeAlice() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		this.identities.create(new IdentityDraft("bob", IdentityKind.PERSON, null, null));
	}

	@Test
	void anAdminSeesWhereAUserIsSignedInAndEndsIt() throws Exception {
		Cookie first = signIn("grete");
		Cookie second = signIn("grete");
		Cookie others = signIn("hedwig");
		String page = page("/settings/users/grete");
		assertThat(page).contains("2 sessions", "another program").doesNotContain(first.getValue());
		Matcher form = Pattern.compile("/settings/users/grete/sessions/\\d+/end(?=\")").matcher(page);
		assertThat(form.find()).isTrue();
		send(form.group().replace("grete", "hedwig"), Map.of());
		assertThat(page("/settings/users/grete")).contains("2 sessions");
		send(form.group(), Map.of());
		assertThat(page("/settings/users/grete")).contains("1 session");
		send("/settings/users/grete/sessions/end", Map.of());
		assertThat(page("/settings/users/grete")).contains("This user is signed in nowhere.");
		assertThat(List.of(statusBy(first), statusBy(second), statusBy(others))).containsExactly(302, 302, 200);
		assertThat(this.jdbc.sql("select detail from audit_record where action = 'user.session-ended'")
			.query(String.class)
			.list()).hasSize(2).allMatch((detail) -> detail.startsWith("ended by an administrator"));
	}

	@Test
	void theLinkOfAnInvitationIsShownOnce() throws Exception {
		MvcResult sent = send("/settings/users", Map.of("username", "alice", "role", "MEMBER", "identity", "alice"))
			.andReturn();
		String page = this.mvc.perform(get("/settings/users").with(administrator()).flashAttrs(sent.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(page).contains("http://localhost/invitation/");
		assertThat(page("/settings/users")).contains("alice").doesNotContain("/invitation/");
		assertThat(page("/settings/users/alice")).doesNotContain("/invitation/4");
	}

	@Test
	void theFormOfAnInvitationKeepsNothingForStrangers() throws Exception {
		String link = "/invitation/" + invite("alice", Role.MEMBER, "alice");
		MvcResult refused = this.mvc
			.perform(post(link).with(form()).param("password", "short").param("passwordAgain", "short"))
			.andReturn();
		assertThat(refused.getResponse().getContentAsString()).contains("12 to 500 characters");
		assertThat(refused.getRequest().getSession(false)).isNull();
		assertThat(
				this.mvc.perform(post(link).with(form()).param("password", PASSWORD).param("passwordAgain", PASSWORD))
					.andReturn()
					.getResponse()
					.getRedirectedUrl())
			.isEqualTo("/sign-in?password-set");
		assertThat(this.users.get("alice").status()).isEqualTo(UserStatus.ACTIVE);
		assertThat(this.mvc.perform(get(link)).andReturn().getResponse().getContentAsString())
			.contains("does not count any more");
	}

	@Test
	void aMemberAddsAndRemovesTheirOwnKeysAlone() throws Exception {
		invite("alice", Role.MEMBER, "alice");
		String others = this.identities.addKey("bob", SampleKeys.ed25519(), null, null).key().fingerprint().value();
		String refused = redirected(post("/my/add-key").param("publicKey", keyOf("bob")), "/my/add-key");
		assertThat(refused).contains("This key is here already").doesNotContain("bob");
		send(post("/my/add-key").param("publicKey", SampleKeys.ed25519()));
		assertThat(this.identities.get("alice").keys()).hasSize(1);
		send(post("/my/remove-key").param("fingerprint", others));
		assertThat(this.identities.get("bob").keys()).hasSize(1);
		String own = this.identities.get("alice").fingerprints().get(0).value();
		assertThat(send(get("/my/remove-key").param("fingerprint", own)).getResponse().getContentAsString())
			.contains("taken off every node");
		send(post("/my/remove-key").param("fingerprint", own));
		assertThat(this.identities.get("alice").keys()).isEmpty();
	}

	@Test
	void aMemberSeesTheirOwnAccessAlone() throws Exception {
		invite("alice", Role.MEMBER, "alice");
		grant("alice", "web1");
		grant("bob", "db1");
		assertThat(send(get("/my")).getResponse().getContentAsString()).contains("web1")
			.doesNotContain("db1")
			.doesNotContain("bob")
			.doesNotContain("/grants");
	}

	@Test
	void whoseIdentityWasDeletedSeesThatNothingIsTheirs() throws Exception {
		invite("alice", Role.MEMBER, "alice");
		this.identities.delete("alice");
		assertThat(this.jdbc.sql("select detail from audit_record where subject = 'user:alice' order by sequence desc")
			.query(String.class)
			.list()).first().isEqualTo("identity alice → none, for it was deleted");
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		assertThat(send(get("/my")).getResponse().getContentAsString()).contains("Nothing is yours yet");
		assertThat(send(get("/my/add-key")).getResponse().getStatus()).isEqualTo(404);
	}

	@Test
	void usersAreKeptByTheApi() throws Exception {
		assertThat(api(post("/api/v1/users"), "{\"username\": \"carol\", \"role\": \"OPERATOR\"}"))
			.contains("\"status\":\"INVITED\"")
			.contains("/invitation/");
		assertThat(api(get("/api/v1/users"), null)).contains("carol").doesNotContain("/invitation/");
		assertThat(api(patch("/api/v1/users/carol"), "{\"role\": \"AUDITOR\"}")).contains("AUDITOR");
		assertThat(api(post("/api/v1/users/carol/disable"), null)).contains("DISABLED");
		assertThat(api(post("/api/v1/users/carol/invitation"), null)).contains("may not sign in");
		assertThat(api(patch("/api/v1/users/carol"), "{\"role\": \"KING\"}")).contains("role");
		api(delete("/api/v1/users/carol"), null);
		assertThat(this.users.find("carol")).isEmpty();
	}

	@Test
	void noTokenIsAMembers() throws Exception {
		assertThat(api(post("/api/v1/tokens"), "{\"name\": \"mine\", \"role\": \"MEMBER\"}"))
			.contains("members sign in on the pages");
		assertThat(this.tokens.list()).hasSize(1);
	}

	private String api(MockHttpServletRequestBuilder request, String body) throws Exception {
		String token = this.tokens.list().isEmpty() ? this.tokens.issue("api", Role.ADMIN, null).text() : this.token;
		this.token = token;
		request.header("Authorization", "Bearer " + token);
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).content(body);
		}
		return this.mvc.perform(request).andReturn().getResponse().getContentAsString();
	}

	private String token = "";

	private String keyOf(String identity) {
		return this.identities.get(identity).keys().get(0).key().render();
	}

	private void grant(String identity, String node) {
		this.nodes.create(new NodeDraft(node, "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.grants.issue(new GrantDraft(Subject.parse("identity:" + identity), Target.parse("node:" + node), "deploy",
				null, null, null, null, GrantOptions.NONE));
	}

	private String invite(String username, Role role, String identity) {
		return this.users.invite(new UserDraft(username, role, identity, null, null)).text();
	}

	private MvcResult send(MockHttpServletRequestBuilder request) throws Exception {
		return this.mvc.perform(request.with(member()).with(form())).andReturn();
	}

	private String redirected(MockHttpServletRequestBuilder request, String to) throws Exception {
		MvcResult result = send(request);
		return this.mvc.perform(get(to).with(member()).flashAttrs(result.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	private static RequestPostProcessor member() {
		return user("alice").roles("MEMBER");
	}

	private Cookie signIn(String username) throws Exception {
		if (this.users.list().stream().noneMatch((known) -> known.username().equals(username))) {
			this.users.create(username, PASSWORD, Role.AUDITOR);
		}
		return this.mvc.perform(post("/sign-in").with(form()).param("username", username).param("password", PASSWORD))
			.andReturn()
			.getResponse()
			.getCookie("latchkey-session");
	}

	private int statusBy(Cookie session) throws Exception {
		return this.mvc.perform(get("/account").cookie(session)).andReturn().getResponse().getStatus();
	}

}
