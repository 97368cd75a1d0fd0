package io.latchkey.pages;

import java.util.List;

import io.latchkey.grants.Grant;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A suspension is seen going on and done, and nothing speaks of access meanwhile.
 */
@BrowserTest
class SuspensionBrowserTests {

	@Autowired
	private Visitor visitor;

	@Autowired
	private People people;

	@Autowired
	private Identities identities;

	@Autowired
	private Teams teams;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void showsTheKeysGoNodeByNode() {
		this.people.add("su-cleo");
		this.teams.create("su-crew", null, List.of("su-cleo"));
		Grant grant = this.people.letIn("team:su-crew", "cluster:rnmcluster02");
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/su-cleo");
			assertThat(page.locator("main .lk-head")).containsText("Can log in through 1 grant");
			page.click("main .lk-head [data-lk-ask] >> nth=0");
			page.click("#lk-dialog button[type=submit]");
			assertThat(page.locator("main .lk-head")).containsText("Suspended. 1 grant is kept");
			assertThat(page.locator("main .lk-head")).not().containsText("Can log in");
			assertThat(page.locator("#suspension-live")).containsText("Gone from 4 of 4 nodes");
			assertThat(page.locator("#suspension-live tbody .lk-state.s-in-sync")).hasCount(4);
			page.navigate("/teams/su-crew");
			assertThat(page.locator("main tbody").last()).containsText("No key to put on");
			assertThat(page.locator("main tbody").last()).not().containsText("Converging");
			page.navigate("/grants/" + grant.id().value());
			assertThat(page.locator("#delivery-live")).containsText("All who are in the team are suspended");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/su-cleo");
			EveryPageBrowserTests.inspectInEveryLook(page, "identity-suspended");
			page.navigate("/teams/su-crew");
			EveryPageBrowserTests.inspectInEveryLook(page, "team-suspended");
			page.navigate("/grants/new?subject=identity:su-cleo&target=cluster:rnmcluster02");
			page.fill("#account", "deploy");
			assertThat(page.locator("#preview")).containsText("The identity is suspended");
			assertThat(page.locator("#preview")).containsText("1 node is only observed");
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-new-suspended");
			page.navigate("/grants/new?subject=team:ops&target=cluster:rnmcluster02");
			page.fill("#account", "deploy");
			assertThat(page.locator("#preview")).containsText("The same lines are there already, by grant");
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-new-already");
		});
	}

	@Test
	void keepsSessionsInSightThatWereNotEnded() {
		this.identities.create(new IdentityDraft("su-dora", IdentityKind.PERSON, null, null));
		Grant grant = this.people.let("identity:su-dora", "cluster:rnmcluster02");
		this.jdbc
			.sql("""
					insert into session_ending (node_id, account, fingerprint, grant_id, asked_at, done_at, outcome, ended,
					detail, identity) select n.id, 'deploy', :key, :grant, current_timestamp, current_timestamp, 'LEFT', 0,
					'1 session of deploy cannot be told apart.', 'su-dora' from node n where n.name like 'rnmcluster02-node0%'
					and n.name < 'rnmcluster02-node03'""")
			.param("key", "SHA256:" + "A".repeat(43))
			.param("grant", grant.id().value())
			.update();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/");
			assertThat(page.getByText("Sessions of su-dora were not ended on 2 nodes")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "overview-unended");
			page.navigate("/identities/su-dora");
			assertThat(page.locator("#sessions tbody tr")).hasCount(2);
			assertThat(page.locator("main .lk-head")).containsText("Cannot log in without a key. 1 grant waits");
			EveryPageBrowserTests.inspectInEveryLook(page, "identity-unended");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/su-dora");
			page.click("text=Seen to");
			assertThat(page.locator("#sessions")).hasCount(0);
			page.navigate("/");
			assertThat(page.getByText("Sessions of su-dora")).hasCount(0);
		});
	}

}
