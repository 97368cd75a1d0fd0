package io.latchkey.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.SampleKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MvcResult;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The pages as a browser without scripts sees them.
 */
class PagesWebTests extends PagesTest {

	@Autowired
	HostKeyPins pins;

	private static final String PRIVATE_KEY = """
			-----BEGIN OPENSSH PRIVATE KEY-----
			b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
			-----END OPENSSH PRIVATE KEY-----
			""";

	private Grant grant;

	@BeforeEach
	void makeOneOfEach() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, "=1+1", null));
		this.identities.addKey("alice", SampleKeys.ed25519(), "alice@desk", null);
		this.teams.create("ops", "Operations", List.of("alice"));
		this.nodes.create(
				new NodeDraft("web1", "192.0.2.1", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of("env", "prod")));
		this.clusters.create("prod", null, List.of("web1"));
		this.grant = issue("team:ops", "cluster:prod");
	}

	private Grant issue(String subject, String target) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), "deploy", null,
				Duration.ofHours(2), null, "<b>why</b>", GrantOptions.NONE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/overview", "/grants", "/grants?q=ops&subject=ops&target=prod&status=ACTIVE",
			"/grants?sort=subject,desc&size=20", "/grants/new", "/grants/new?subject=team:ops", "/grants/{grant}",
			"/grants/{grant}/delivery", "/grants/{grant}/revoke", "/grants/{grant}/close-every-way",
			"/grants/{grant}/extend", "/grants/{grant}/sessions",
			"/grants/{grant}/sessions/end?node=web1&account=root&process=1&start=2", "/identities/alice/sessions",
			"/identities/alice/sessions/end?node=web1&account=root&process=1&start=2",
			"/grants/preview?subject=ops&target=prod&account=root&until=none", "/grants/preview", "/identities",
			"/identities?q=nobody", "/identities/alice", "/identities/alice/edit", "/identities/alice/add-key",
			"/identities/alice/suspend", "/identities/alice/delete", "/add/identity", "/teams", "/teams/ops",
			"/teams/ops/delete", "/teams/ops/members/alice/remove", "/add/team", "/nodes",
			"/nodes?state=PENDING_ENROLMENT&q=web&cluster=prod", "/nodes/web1", "/nodes/web1/state", "/nodes/web1/edit",
			"/clusters/prod/exclusive", "/nodes/web1/delete", "/nodes/web1/removed-lines",
			"/nodes/web1/accounts/root/test-login", "/doctor", "/doctor?node=web1&account=root&identity=alice",
			"/foreign-keys", "/add/node", "/clusters", "/clusters/prod", "/clusters/prod/delete",
			"/clusters/prod/nodes/web1/remove", "/add/cluster", "/changes", "/logins", "/settings", "/settings/tokens",
			"/search", "/search?q=a" })
	void shows(String path) throws Exception {
		this.mvc.perform(get(path.replace("{grant}", grantId())).with(administrator()))
			.andExpect(status().isOk())
			.andExpect(content().string(not(containsString("??"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/grants", "/identities", "/identities/alice", "/teams", "/teams/ops", "/nodes",
			"/nodes?state=PENDING_ENROLMENT", "/nodes/web1", "/clusters", "/clusters/prod", "/changes", "/logins",
			"/logins?node=web1&account=root&since=2026-03-03&until=2026-03-03" })
	void costsAsManyQueriesForManyRowsAsForOne(String path) throws Exception {
		issue("identity:alice", "node:web1");
		int few = statementsFor(path);
		for (int i = 0; i < 5; i++) {
			this.identities.create(new IdentityDraft("id" + i, IdentityKind.PERSON, null, null));
			this.identities.addKey("id" + i, SampleKeys.ed25519(), null, null);
			this.teams.create("team" + i, null, List.of("alice", "id" + i));
			this.nodes.create(new NodeDraft("node" + i, "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE,
					Map.of("n", "n" + i)));
			this.clusters.create("cluster" + i, null, List.of("web1", "node" + i));
			this.clusters.addNode("prod", "node" + i);
			issue("identity:id" + i, "cluster:cluster" + i);
			issue("team:team" + i, "node:node" + i);
		}
		assertThat(statementsFor(path)).isEqualTo(few);
	}

	@Test
	void costsAsManyQueriesForManyRevokedGrantsAsForOne() throws Exception {
		this.grants.revoke(issue("identity:alice", "node:web1").id());
		int few = statementsFor("/grants?status=REVOKED");
		for (int i = 0; i < 5; i++) {
			this.identities.create(new IdentityDraft("id" + i, IdentityKind.PERSON, null, null));
			this.identities.addKey("id" + i, SampleKeys.ed25519(), null, null);
			this.teams.create("team" + i, null, List.of("alice", "id" + i));
			this.nodes
				.create(new NodeDraft("node" + i, "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
			this.clusters.addNode("prod", "node" + i);
			issue("team:team" + i, "node:node" + i);
			this.grants.revoke(issue("identity:id" + i, "cluster:prod").id());
		}
		assertThat(statementsFor("/grants?status=REVOKED")).isEqualTo(few);
	}

	@Test
	void closesEveryWayAfterOneQuestion() throws Exception {
		Grant own = issue("identity:alice", "node:web1");
		String dialog = shown("/grants/" + own.id().value() + "/revoke");
		assertThat(dialog).contains("This lets in all the same", "grant " + grantId(), "Close every way")
			.doesNotContain("Takes the login as deploy away");
		String address = "/grants/" + own.id().value() + "/close-every-way";
		String question = shown(address);
		assertThat(question).contains("Takes alice out of the team ops", "Revokes grant " + own.id().value(),
				"Takes 1 line off 1 node");
		send(address, Map.of("digest", "other")).andExpect(redirectedUrl(address));
		assertThat(this.teams.get("ops").members()).containsExactly("alice");
		send(address, Map.of("digest", digestIn(question))).andExpect(redirectedUrl("/grants/" + own.id().value()));
		assertThat(this.teams.get("ops").members()).isEmpty();
		assertThat(this.grants.get(own.id()).history().revokedAt()).isNotNull();
		assertThat(shown(address)).contains("There is no other way");
	}

	@Test
	void saysWhatStillLetsInBeforeATeamOrAClusterGives() throws Exception {
		Grant own = issue("identity:alice", "node:web1");
		for (String path : List.of("/teams/ops/members/alice/remove", "/teams/ops/delete",
				"/clusters/prod/nodes/web1/remove")) {
			assertThat(shown(path)).as(path).contains("This lets in all the same", "grant " + own.id().value());
		}
		this.grants.revoke(own.id());
		assertThat(shown("/teams/ops/delete")).doesNotContain("This lets in all the same");
	}

	@Test
	void saysWhyAGrantWouldPutNoLineAnywhere() throws Exception {
		this.identities.create(new IdentityDraft("bob", IdentityKind.PERSON, null, null));
		this.teams.create("nobody", null, List.of());
		this.teams.create("all", null, List.of("alice", "bob"));
		assertThat(preview("team:ops", "PT1H")).contains("The same lines are there already", "grant " + grantId(),
				"1 node is not enrolled yet");
		assertThat(preview("bob", "PT1H")).contains("has no key yet");
		assertThat(preview("team:nobody", "PT1H")).contains("Nobody is in the team yet")
			.doesNotContain("No node is in the cluster yet");
		this.clusters.create("empty", null, List.of());
		assertThat(shown("/grants/preview?subject=alice&target=empty&account=deploy&until=PT1H"))
			.contains("No node is in the cluster yet");
		this.identities.addKey("bob", SampleKeys.ed25519(), null, Instant.now().plusSeconds(3600));
		this.jdbc
			.sql("update identity_key set expires_at = timestamp '2026-01-01 00:00:00+00' where expires_at is not null")
			.update();
		assertThat(preview("bob", "PT1H")).contains("All keys of the identity have ended");
		this.identities.suspend("alice");
		assertThat(preview("alice", "PT1H")).contains("The identity is suspended");
		assertThat(preview("team:ops", "PT1H")).contains("All who are in the team are suspended");
		assertThat(preview("team:all", "PT1H")).contains("Nobody in the team has a key that lets in");
		this.identities.resume("alice");
		assertThat(preview("team:all", "none")).contains("1 line comes").doesNotContain("are there already");
		assertThat(preview("alice", "PT1H&options.from=203.0.113.0/24")).contains("1 line comes");
	}

	@Test
	void asksWhetherAnAccountThatIsNotThereIsMadeLater() throws Exception {
		toldItsAccounts("web1", "root", "deploy");
		assertThat(shown("/grants/preview?subject=alice&target=web1&account=deplyo&until=none"))
			.contains("There is no account deplyo on:", "No line comes", "no account</span>");
		assertThat(shown("/grants/preview?subject=alice&target=web1&account=deploy&until=PT1H"))
			.doesNotContain("There is no account");
		Map<String, String> form = new HashMap<>(Map.of("subject", "alice", "target", "web1", "account", "deplyo",
				"until", "PT1H", "accountMayBeMissing", ""));
		String page = refused("/grants/new", form);
		assertThat(page).contains("id=\"account-error\"", "There is no account deplyo on: web1. There is: deploy",
				"name=\"accountIsMadeLater\"", "The account is made later");
		assertThat(shown("/grants/new")).doesNotContain("accountIsMadeLater");
		form.put("accountIsMadeLater", "true");
		send("/grants/new", form);
		assertThat(this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0).account())
			.isEqualTo("deplyo");
	}

	@Test
	void saysOfANodeThatIsOnlyObservedThatNothingGoesThere() throws Exception {
		String address = "/grants/" + issue("identity:alice", "node:web1").id().value() + "/close-every-way";
		assertThat(shown(address)).contains("Takes 1 line off 1 node").doesNotContain("only observed");
		this.jdbc.sql("update node set mode = 'OBSERVE' where name = 'web1'").update();
		assertThat(shown(address)).contains("1 node is only observed: nothing is written there.");
	}

	@Test
	void saysOfAGrantThatStartsLaterThatItDoes() throws Exception {
		this.identities.create(new IdentityDraft("later", IdentityKind.PERSON, null, null));
		this.identities.addKey("later", SampleKeys.ed25519(), null, null);
		this.grants.issue(new GrantDraft(Subject.parse("identity:later"), Target.parse("node:web1"), "deploy",
				Instant.now().plus(Duration.ofDays(1)), null, null, null, GrantOptions.NONE));
		assertThat(shown("/identities/later")).contains("1 grant starts later.").doesNotContain("Can log in through");
		issue("identity:later", "cluster:prod");
		assertThat(shown("/identities/later")).contains("Can log in through 1 grant, to 1 node as 1 account.",
				"1 grant starts later.");
	}

	@Test
	void looksAgainAtTheGrantsOfANodeWithItsState() throws Exception {
		issue("identity:alice", "node:web1");
		assertThat(shown("/nodes/web1/state")).contains("Grants that reach this node", "href=\"/identities/alice\"");
	}

	@Test
	void saysOfWhatWasSeenBeforeTheNodeRefusedThatItIsPast() throws Exception {
		toldItsAccounts("web1", "root", "deploy");
		this.jdbc.sql("update node_state set wanted_generation = attempted_generation").update();
		this.jdbc.sql("update grant_delivery set state = 'IN_PLACE'").update();
		this.jdbc.sql("""
				insert into account_state (node_id, account, file, state)
				select id, 'deploy', '/home/deploy/.ssh/authorized_keys', 'IN_SYNC' from node""").update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, should_be, is_line, grant_ids, options, origin,
				status) select id, 'deploy', 0, 'ssh-ed25519 AAAA', 'ssh-ed25519 AAAA', '', '', 'LATCHKEY', 'IN_PLACE'
				from node""").update();
		String fresh = shown("/nodes/web1");
		assertThat(accounts(fresh)).contains("s-in-sync").doesNotContain("ti-history");
		assertThat(shown("/grants/" + grantId())).contains("1 of 1").doesNotContain("when last seen");

		this.jdbc.sql("update node_state set state = 'REFUSED', missed_since = current_timestamp").update();
		assertThat(accounts(shown("/nodes/web1"))).contains("could not be looked at since", "ti-history")
			.doesNotContain("s-in-sync");
		assertThat(shown("/grants/" + grantId())).contains("0 of 1", "In place when last seen", "Seen <time");
		assertThat(shown("/clusters/prod")).contains("0 of 1");
		assertThat(shown("/identities/alice")).contains("0 of 1");
	}

	@Test
	void needsSomebodyWhereAGrantFailedAndTheNodeIsWell() throws Exception {
		toldItsAccounts("web1", "root");
		assertThat(shown("/")).doesNotContain("does not let in as deploy");
		this.jdbc.sql("update grant_delivery set state = 'FAILED', detail = 'There is no account deploy.'").update();
		assertThat(shown("/")).contains("Grant " + grantId() + " does not let in as deploy on web1",
				"There is no account deploy.");
		this.jdbc.sql("update node_state set state = 'FAILED'").update();
		assertThat(shown("/")).doesNotContain("does not let in as deploy");
	}

	private static String accounts(String page) {
		String from = page.substring(page.indexOf("aria-labelledby=\"accounts\""));
		return from.substring(0, from.indexOf("</section>"));
	}

	/** As a look at a node that is well would have left it. */
	private void toldItsAccounts(String node, String... accounts) {
		this.jdbc.sql("update node set enrolled = true where name = :node").param("node", node).update();
		this.jdbc.sql("update node_state set state = 'IN_SYNC', last_checked_at = current_timestamp").update();
		this.jdbc.sql("insert into account_names (node_id, names) select id, :names from node where name = :node")
			.param("names", "\n" + String.join("\n", accounts) + "\n")
			.param("node", node)
			.update();
	}

	private String preview(String subject, String until) throws Exception {
		return shown("/grants/preview?subject=" + subject + "&target=web1&account=deploy&until=" + until);
	}

	private String shown(String path) throws Exception {
		return this.mvc.perform(get(path).with(administrator()))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	private int statementsFor(String path) throws Exception {
		this.mvc.perform(get(path).with(administrator())).andExpect(status().isOk());
		this.statements.take();
		this.mvc.perform(get(path).with(administrator())).andExpect(status().isOk());
		return this.statements.take();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/grants/999", "/grants/nine", "/identities/nobody", "/teams/none", "/nodes/none",
			"/nodes/none/enrol", "/clusters/none", "/none" })
	void saysThatThereIsNoSuchPage(String path) throws Exception {
		this.mvc.perform(get(path).with(administrator())).andExpect(status().isNotFound());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/grants?sort=secret", "/nodes?state=ODD", "/grants?subject=nobody" })
	void saysWhatWasExpectedInTheAddress(String path) throws Exception {
		this.mvc.perform(get(path).with(administrator()))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("That cannot be shown")));
	}

	@Test
	void showsWhatPeopleWroteAsTextAlone() throws Exception {
		this.mvc.perform(get("/grants/" + grantId()).with(administrator()))
			.andExpect(content().string(containsString("&lt;b&gt;why&lt;/b&gt;")));
	}

	@Test
	void addsANodeAndLeadsToItsEnrolment() throws Exception {
		send("/add/node",
				Map.of("name", "web2", "address", "192.0.2.2", "port", "2222", "managementAccount", "root", "privilege",
						"ROOT", "mode", "OBSERVE", "clusters", "prod", "labels", "env=test"))
			.andExpect(redirectedUrl("/nodes/web2/enrol"));
		assertThat(this.nodes.get("web2").clusters()).containsExactly("prod");
	}

	@Test
	void putsErrorsBesideTheirFieldsAndKeepsTheInput() throws Exception {
		String page = refused("/add/node", Map.of("name", "Web 2", "address", "192.0.2.2", "port", "99999",
				"managementAccount", "root", "privilege", "ROOT", "mode", "ADDITIVE"));
		assertThat(page).contains("id=\"name-error\"", "id=\"port-error\"", "Expected a port from 1 to 65535")
			.contains("value=\"Web 2\"", "value=\"99999\"")
			.doesNotContain("id=\"address-error\"");
	}

	@Test
	void addsNothingWhenOneOfTheClustersIsNotThere() throws Exception {
		String page = refused("/add/node", Map.of("name", "web2", "address", "192.0.2.2", "port", "22",
				"managementAccount", "root", "privilege", "ROOT", "mode", "ADDITIVE", "clusters", "none"));
		assertThat(page).contains("id=\"clusters-error\"", "There is no cluster none");
		assertThat(this.nodes.find("web2")).isEmpty();
	}

	@Test
	void saysThatANameIsInUse() throws Exception {
		assertThat(refused("/add/identity", Map.of("name", "alice", "kind", "PERSON"))).contains("alice is in use");
	}

	@Test
	void keepsNothingOfAPrivateKey() throws Exception {
		String page = refused("/identities/alice/add-key",
				Map.of("publicKey", PRIVATE_KEY, "comment", "mine", "expiresAt", ""));
		assertThat(page).contains("id=\"publicKey-error\"", "value=\"mine\"").doesNotContain("b3BlbnNzaC1rZXk");
	}

	@Test
	void keepsNoPassword() throws Exception {
		MvcResult result = send("/nodes/web1/enrol", Map.of("method", "ODD", "password", "sesame"))
			.andExpect(redirectedUrl("/nodes/web1/enrol"))
			.andReturn();
		assertThat(result.getFlashMap().toString()).contains("ODD").doesNotContain("sesame");
	}

	@Test
	void issuesAGrantUntilADateInTheViewersZone() throws Exception {
		send("/grants/new",
				Map.of("subject", "alice", "target", "web1", "account", "root", "until", "date", "expiresAt",
						"2099-01-01T12:00", "zone", "Europe/Berlin", "reason", "OPS-1"))
			.andExpect(status().is3xxRedirection());
		Grant latest = this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0);
		assertThat(latest.expiresAt()).isEqualTo("2099-01-01T11:00:00Z");
	}

	@Test
	void saysAllThatIsWrongWithAGrant() throws Exception {
		String page = refused("/grants/new",
				Map.of("subject", "nobody", "target", "nowhere", "account", "root", "until", "date", "expiresAt", ""));
		assertThat(page).contains("There is no identity and no team nobody", "There is no node and no cluster nowhere",
				"Expected a date and a time");
	}

	@Test
	void asksForTheRightOneWhereTwoHaveTheName() throws Exception {
		this.teams.create("alice", null, List.of());
		assertThat(refused("/grants/new",
				Map.of("subject", "alice", "target", "web1", "account", "root", "until", "PT1H")))
			.contains("Expected identity:alice or team:alice");
	}

	@Test
	void revokesAndShowsIt() throws Exception {
		send("/grants/" + grantId() + "/revoke", Map.of()).andExpect(redirectedUrl("/grants/" + grantId()));
		this.mvc.perform(get("/grants/" + grantId()).with(administrator()))
			.andExpect(content().string(containsString("Revoked by admin")));
	}

	@Test
	void endsSessionsOnlyWhereTheBoxIsTicked() throws Exception {
		String question = "/grants/" + grantId() + "/revoke";
		this.mvc.perform(get(question).with(administrator()))
			.andExpect(content().string(containsString("name=\"endSessions\"")));
		send(question, Map.of()).andExpect(redirectedUrl("/grants/" + grantId()));
		this.mvc.perform(get("/grants/" + grantId()).with(administrator()))
			.andExpect(content().string(not(containsString("sessions are still to be ended"))));
		send(question, Map.of("endSessions", "true")).andExpect(redirectedUrl("/grants/" + grantId()));
		this.mvc.perform(get("/grants/" + grantId()).with(administrator()))
			.andExpect(content().string(containsString("sessions are still to be ended")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/grants/{grant}/sessions", "/identities/alice/sessions" })
	void saysThatNobodyIsInWhereNoNodeCanBeAsked(String path) throws Exception {
		String here = path.replace("{grant}", grantId());
		this.mvc.perform(get(here).with(administrator()))
			.andExpect(content().string(containsString("action=\"" + here + "\"")));
		send(here, Map.of()).andExpect(status().isOk()).andExpect(content().string(containsString("Nobody is in")));
	}

	@Test
	void movesTheEnd() throws Exception {
		send("/grants/" + grantId() + "/extend", Map.of("by", "PT4H")).andExpect(status().is3xxRedirection());
		assertThat(this.grants.get(this.grant.id()).expiresAt()).isEqualTo(end().plus(Duration.ofHours(4)));
	}

	@Test
	void deletesANodeOnlyWhenItsNameIsTyped() throws Exception {
		assertThat(refused("/nodes/web1/delete", Map.of("confirm", "web"))).contains("Expected web1");
		send("/nodes/web1/delete", Map.of("confirm", "web1")).andExpect(redirectedUrl("/nodes"));
		assertThat(this.nodes.find("web1")).isEmpty();
	}

	@Test
	void makesANodeExclusiveOnlyWhenWhatGoesWasSeen() throws Exception {
		NodeId node = this.nodes.idOf("web1");
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		for (int i = 0; i < 30; i++) {
			this.jdbc.sql("""
					insert into account_entry (node_id, account, position, is_line, grant_ids, options, origin, status)
					values (:node, 'deploy', :position, :line, '', '', 'FOREIGN', 'EXTRA')""")
				.param("node", node.value())
				.param("position", i)
				.param("line", "ssh-ed25519 AAAA foreign" + i)
				.update();
		}
		Map<String, String> input = new HashMap<>(Map.of("address", "192.0.2.1", "port", "22", "managementAccount",
				"root", "privilege", "ROOT", "mode", "EXCLUSIVE", "labels", "typed=here", "version",
				Long.toString(this.nodes.get("web1").version())));
		String asking = refused("/nodes/web1/edit", input);
		assertThat(asking).contains("Takes 30 lines off 1 node", "foreign19", "and 10 more", "typed=here")
			.doesNotContain("foreign20");
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.ADDITIVE);
		this.jdbc.sql("delete from account_entry where position = 29").update();
		input.put("digest", digestIn(asking));
		String askingAgain = refused("/nodes/web1/edit", input);
		assertThat(askingAgain).contains("What would go has changed since", "Takes 29 lines off 1 node");
		input.put("digest", digestIn(askingAgain));
		send("/nodes/web1/edit", input).andExpect(redirectedUrl("/nodes/web1"));
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.EXCLUSIVE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/teams/ops/delete", "/teams/ops/members/alice/remove", "/clusters/prod/delete",
			"/clusters/prod/nodes/web1/remove", "/identities/alice/delete" })
	void showsWhatWouldGoBeforeMuchGoes(String path) throws Exception {
		this.nodes.markEnrolled(this.nodes.idOf("web1"));
		String asking = refused(path, Map.of());
		assertThat(asking).contains("Takes 1 line off 1 node", "Lose access:", "href=\"/identities/alice\"", "web1");
		assertThat(this.grants.get(this.grant.id()).history().revokedAt()).isNull();
		assertThat(this.teams.get("ops").members()).containsExactly("alice");
		send(path, Map.of("digest", digestIn(asking))).andExpect(status().is3xxRedirection());
		assertThat(refusedNothing(path)).isTrue();
	}

	/** Whether it is done: the team, the cluster or the identity has changed or gone. */
	private boolean refusedNothing(String path) {
		return this.teams.list(null, PageRequest.of(0, 1)).isEmpty() || this.teams.get("ops").members().isEmpty()
				|| this.clusters.list(null, PageRequest.of(0, 1)).isEmpty()
				|| this.clusters.get("prod").nodes().isEmpty();
	}

	private static String digestIn(String page) {
		Matcher digest = Pattern.compile("name=\"digest\" value=\"([0-9a-f]{64})\"").matcher(page);
		assertThat(digest.find()).isTrue();
		return digest.group(1);
	}

	@Test
	void removesAForeignKeyWhenWhatGoesWasSeen() throws Exception {
		String fingerprint = foreignKey();
		this.jdbc.sql("update node set mode = 'OBSERVE' where name = 'web1'").update();
		String asking = refused("/foreign-keys/remove", Map.of("fingerprint", fingerprint));
		assertThat(asking).contains("Remove this foreign key?", "Takes 1 line off 1 node", "visitor", fingerprint,
				"nothing is written (web1)");
		assertThat(this.mvc.perform(get("/foreign-keys").with(administrator()))
			.andReturn()
			.getResponse()
			.getContentAsString()).doesNotContain("Asked by");
		send("/foreign-keys/remove", Map.of("fingerprint", fingerprint, "digest", digestIn(asking)))
			.andExpect(redirectedUrl("/foreign-keys"));
		this.mvc.perform(get("/foreign-keys").with(administrator()))
			.andExpect(content().string(containsString("Goes when the mode is not OBSERVE any more.")));
		this.mvc.perform(get("/").with(administrator()))
			.andExpect(content().string(containsString("1 foreign key is to be removed and is not known to be gone")));
		send("/foreign-keys/keep", Map.of("fingerprint", fingerprint)).andExpect(redirectedUrl("/foreign-keys"));
		this.mvc.perform(get("/foreign-keys").with(administrator()))
			.andExpect(content().string(not(containsString("Asked by"))));
	}

	@Test
	void givesAForeignKeyAwayWhenWhatItOpensWasSeen() throws Exception {
		String fingerprint = foreignKey();
		this.nodes.create(new NodeDraft("web2", "192.0.2.2", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		issue("identity:alice", "node:web2");
		Map<String, String> adoption = Map.of("fingerprint", fingerprint, "identity", "alice", "kind", "PERSON",
				"reason", "she said so");
		String asking = refused("/foreign-keys/adopt", adoption);
		assertThat(asking).contains("Give alice the key?", "at 1 more place, on 1 node", "proves nothing",
				"web2 deploy", "she said so");
		assertThat(this.identities.get("alice").keys()).hasSize(1);
		Map<String, String> confirmed = new HashMap<>(adoption);
		confirmed.put("digest", "other");
		assertThat(refused("/foreign-keys/adopt", confirmed)).contains("elsewhere by now than was shown");
		confirmed.put("digest", hidden(asking, "digest"));
		confirmed.put("fingerprint", hidden(asking, "fingerprint"));
		send("/foreign-keys/adopt", confirmed).andExpect(redirectedUrl("/foreign-keys"));
		assertThat(this.identities.get("alice").keys()).hasSize(2);
	}

	private static String hidden(String page, String field) {
		return page.replaceAll("(?s).*name=\"" + field + "\" value=\"([^\"]*)\".*", "$1");
	}

	@Test
	void endsATolerationEarlyWhenWhatGoesWasSeen() throws Exception {
		String fingerprint = foreignKey();
		this.jdbc.sql("update node set mode = 'EXCLUSIVE' where name = 'web1'").update();
		send("/foreign-keys/tolerate",
				Map.of("fingerprint", fingerprint, "until", "2999-01-01T00:00", "reason", "the vendor"))
			.andExpect(redirectedUrl("/foreign-keys"));
		String asking = refused("/foreign-keys/end-toleration", Map.of("fingerprint", fingerprint));
		assertThat(asking).contains("End the toleration now?", "Takes 1 line off 1 node", fingerprint);
		send("/foreign-keys/end-toleration", Map.of("fingerprint", fingerprint, "digest", digestIn(asking)))
			.andExpect(redirectedUrl("/foreign-keys"));
		this.mvc.perform(get("/foreign-keys").with(administrator()))
			.andExpect(content().string(not(containsString("the vendor"))));
	}

	@Test
	void showsWhatExclusiveModeWouldTakeOffBeforeItIsChosen() throws Exception {
		String fingerprint = foreignKey();
		NodeId node = this.nodes.idOf("web1");
		this.nodes.markEnrolled(node);
		this.jdbc.sql("update node_state set state = 'IN_SYNC', last_checked_at = :now where node_id = :node")
			.param("now", java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC).minusHours(3))
			.param("node", node.value())
			.update();
		assertThat(page("/nodes/web1/edit")).contains("1 line goes", fingerprint, "visitor",
				"That is too old to go by");
		assertThat(page("/clusters/prod/exclusive")).contains("web1", fingerprint, "That is too old to go by");
		this.jdbc.sql("update node_state set last_checked_at = :now where node_id = :node")
			.param("now", java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC))
			.param("node", node.value())
			.update();
		assertThat(page("/nodes/web1/edit")).contains("1 line goes").doesNotContain("too old", "Changes nothing");
		send("/foreign-keys/tolerate",
				Map.of("fingerprint", fingerprint, "until", "2999-01-01T00:00", "reason", "the vendor"));
		assertThat(page("/nodes/web1/edit")).contains("Changes nothing", fingerprint, "Tolerated: stays until");
	}

	/** Stands on web1, for deploy. */
	private String foreignKey() {
		PublicKey key = AuthorizedKeysFile.Line.of(SampleKeys.ed25519()).key().orElseThrow();
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", this.nodes.idOf("web1").value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options, origin,
				status) values (:node, 'deploy', 0, :fingerprint, :line, '', '', 'FOREIGN', 'EXTRA')""")
			.param("node", this.nodes.idOf("web1").value())
			.param("fingerprint", key.fingerprint().value())
			.param("line", key.render() + " visitor")
			.update();
		return key.fingerprint().value();
	}

	@Test
	void restoresARemovedLineAndUndoesIt() throws Exception {
		NodeId node = this.nodes.idOf("web1");
		this.jdbc.sql("""
				insert into removed_line (node_id, account, line, bytes, removed_at)
				values (:node, 'deploy', 'ssh-ed25519 AAAA <b>', 'IyBtaW5lCg==', current_timestamp)""")
			.param("node", node.value())
			.update();
		long id = this.jdbc.sql("select id from removed_line").query(Long.class).single();
		assertThat(page("/nodes/web1")).contains("Removed lines", "AAAA &lt;b&gt;", "All 1 removed line");
		assertThat(page("/nodes/web1/removed-lines?q=nothing")).contains("No removed line holds that");
		send("/nodes/web1/removed-lines/" + id + "/restore", Map.of("q", "<b>", "page", "0"))
			.andExpect(redirectedUrl("/nodes/web1/removed-lines?q=%3Cb%3E&page=0"));
		assertThat(page("/nodes/web1/removed-lines")).contains("Kept: restored by admin", "Undo restore");
		send("/nodes/web1/removed-lines/" + id + "/let-go", Map.of()).andExpect(status().is3xxRedirection());
		assertThat(page("/nodes/web1/removed-lines")).doesNotContain("Kept: restored");
	}

	@Test
	void showsWhatWasFoundOnANode() throws Exception {
		this.jdbc.sql("update node set enrolled = true").update();
		this.jdbc.sql("delete from node_state").update();
		this.jdbc.sql("""
				insert into node_state (node_id, state, since, wanted_generation, attempted_generation, run_trigger,
				failures, findings) values (:node, 'IN_SYNC', current_timestamp, 0, 0, 'CHANGE', 0, :findings)""")
			.param("node", this.nodes.idOf("web1").value())
			.param("findings", "The clock is <late>.\nThe file is nobody's.")
			.update();
		assertThat(page("/nodes/web1")).contains("<span>The clock is &lt;late&gt;.</span>")
			.contains("<span>The file is nobody&#39;s.</span>");
	}

	@Test
	void namesTheNodesWhoseAccountsAreNotLookedAt() throws Exception {
		this.jdbc.sql("update node_state set state = 'IN_SYNC', unseen_reason = 'NONE'").update();
		assertThat(page("/foreign-keys")).doesNotContain("Not looked at");
		this.jdbc.sql("update node_state set unseen_reason = 'MORE', unseen_accounts = 3 where node_id = ?")
			.param(this.nodes.idOf("web1").value())
			.update();
		assertThat(page("/foreign-keys")).contains("Not looked at on 1 node:", "href=\"/nodes/web1\"",
				"3 accounts that could log in are not looked at.");
	}

	@Test
	void namesANodeThatShowsAnotherHostKey() throws Exception {
		NodeId node = this.nodes.get("web1").id();
		HostKey pinned = new HostKey(PublicKey.parse(SampleKeys.ed25519()));
		this.pins.pin(node, List.of(pinned));
		this.jdbc.sql("""
				update node_state set state = 'REFUSED', attempted_generation = wanted_generation,
				shown_host_key = 'SHA256:shown' where node_id = ?""").param(node.value()).update();
		this.mvc.perform(get("/overview").with(user("olga").roles("OPERATOR")))
			.andExpect(content().string(containsString("web1 shows another host key")))
			.andExpect(content().string(containsString("SHA256:shown")))
			.andExpect(content().string(containsString(pinned.key().fingerprint().value())))
			.andExpect(content().string(containsString("/nodes/web1/host-keys")));
		this.mvc.perform(get("/nodes/web1").with(user("olga").roles("OPERATOR")))
			.andExpect(content().string(containsString("/nodes/web1/host-keys")));
		for (String page : List.of("/overview", "/nodes/web1")) {
			this.mvc.perform(get(page).with(user("eve").roles("AUDITOR")))
				.andExpect(content().string(containsString("/nodes/web1")))
				.andExpect(content().string(not(containsString("/nodes/web1/host-keys"))));
		}
	}

	@Test
	void narrowsTheChangesDown() throws Exception {
		String all = page("/changes");
		assertThat(all).contains("identity.created", "cluster.created");
		assertThat(page("/changes?action=cluster")).contains("cluster.created").doesNotContain("identity.created");
		assertThat(page("/changes?subject=identity:alice")).contains("key.added").doesNotContain("cluster.created");
		assertThat(page("/changes?actor=nobody")).contains("Nothing matches", "value=\"nobody\"");
		assertThat(page("/changes?q=alice@desk")).contains("key.added").doesNotContain("identity.created");
	}

	@Test
	void showsTheFirstTwoHundredNodesOfADelivery() throws Exception {
		for (int i = 0; i < 210; i++) {
			this.nodes
				.create(new NodeDraft("many" + i, "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
			this.clusters.addNode("prod", "many" + i);
		}
		Grant wide = issue("team:ops", "cluster:prod");
		String page = page("/grants/" + wide.id().value());
		assertThat(page).contains("and 11 more");
		assertThat(page.split("href=\"/nodes/")).hasSizeBetween(201, 203);
	}

	@Test
	void overwritesNoChangeThatWasNotSeen() throws Exception {
		assertThat(refused("/identities/alice/edit", Map.of("kind", "SERVICE", "version", "777")))
			.contains("Somebody else has changed this");
	}

	@Test
	void quotesFormulasInExports() throws Exception {
		this.mvc.perform(get("/identities.csv").with(administrator()))
			.andExpect(header().string("Content-Disposition", containsString("identities.csv")))
			.andExpect(content().string(containsString("alice,PERSON,'=1+1")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/grants", "/identities", "/identities/alice", "/nodes", "/nodes/web1", "/teams/ops",
			"/clusters/prod" })
	void offersAuditorsNoChange(String path) throws Exception {
		String page = this.mvc.perform(get(path).with(user("eve").roles("AUDITOR")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(page).contains("action=\"/sign-out\"")
			.doesNotContain("lk-danger", "btn-primary", "/add/", "/grants/new\"");
	}

	@Test
	void keepsTheTokensFromOperators() throws Exception {
		this.mvc.perform(get("/settings/tokens").with(user("olga").roles("OPERATOR")))
			.andExpect(status().isForbidden());
	}

	@Test
	void showsATokenOnce() throws Exception {
		MockHttpSession session = new MockHttpSession();
		this.mvc.perform(post("/settings/tokens").session(session)
			.param("name", "ci")
			.param("role", "AUDITOR")
			.with(administrator())
			.with(form()));
		assertThat(tokensPage(session)).contains("lk_");
		assertThat(tokensPage(session)).doesNotContain("lk_").contains("ci");
	}

	private String tokensPage(MockHttpSession session) throws Exception {
		return this.mvc.perform(get("/settings/tokens").session(session).with(administrator()))
			.andReturn()
			.getResponse()
			.getContentAsString()
			.replaceAll("class=\"lk-[^\"]*\"", "");
	}

	private String grantId() {
		return Long.toString(this.grant.id().value());
	}

	private Instant end() {
		return Objects.requireNonNull(this.grant.expiresAt());
	}

}
