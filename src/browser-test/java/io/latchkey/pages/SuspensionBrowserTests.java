package io.latchkey.pages;

import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import io.latchkey.reconcile.Deliveries;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A suspension is seen going on and done, and nothing speaks of access meanwhile.
 */
@BrowserTest
class SuspensionBrowserTests {

	@Autowired
	private Visitor visitor;

	@Autowired
	private Identities identities;

	@Autowired
	private Teams teams;

	@Autowired
	private Grants grants;

	@Autowired
	private Deliveries deliveries;

	@Test
	void showsTheKeysGoNodeByNode() {
		this.identities.create(new IdentityDraft("su-cleo", IdentityKind.PERSON, null, null));
		this.identities.addKey("su-cleo", SampleKeys.ed25519(), null, null);
		this.teams.create("su-crew", null, List.of("su-cleo"));
		Grant grant = this.grants.issue(new GrantDraft(Subject.parse("team:su-crew"),
				Target.parse("cluster:rnmcluster02"), "deploy", null, Duration.ofHours(1), null, null,
				GrantOptions.NONE));
		this.deliveries.awaitSettled(grant.id(), Patience.of(Duration.ofSeconds(30)));
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
		for (Look look : Look.values()) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/identities/su-cleo");
				EveryPageBrowserTests.inspect(page, "identity-suspended", look);
				page.navigate("/teams/su-crew");
				EveryPageBrowserTests.inspect(page, "team-suspended", look);
			});
		}
	}

}
