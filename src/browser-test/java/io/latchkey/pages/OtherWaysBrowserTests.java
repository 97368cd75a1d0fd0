package io.latchkey.pages;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.delivery.Deliveries;
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
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Somebody who has an account by a grant and by a team: "gone" is said when the login is.
 */
@BrowserTest
class OtherWaysBrowserTests {

	private static final String NODE = "rnmcluster02-node01";

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
	void saysWhatStillLetsInAndClosesEveryWay() {
		this.identities.create(new IdentityDraft("ow-ben", IdentityKind.PERSON, null, null));
		this.identities.addKey("ow-ben", SampleKeys.ed25519(), null, null);
		this.teams.create("ow-crew", null, List.of("ow-ben"));
		Grant own = issue("identity:ow-ben");
		Grant shared = issue("team:ow-crew");
		this.deliveries.awaitSettled(own.id(), Patience.of(Duration.ofSeconds(30)));
		this.deliveries.awaitSettled(shared.id(), Patience.of(Duration.ofSeconds(30)));
		for (Look look : Look.values()) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/grants/" + own.id().value() + "/revoke");
				assertThat(page.locator("main .lk-notice")).containsText("ow-ben through grant " + shared.id().value());
				EveryPageBrowserTests.inspect(page, "grant-revoke-other-way", look);
				page.click("text=Close every way");
				assertThat(page.getByText("Takes ow-ben out of the team ow-crew")).isVisible();
				page.navigate("/grants/" + own.id().value() + "/close-every-way");
				EveryPageBrowserTests.inspect(page, "grant-close-every-way", look);
			});
		}
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + own.id().value());
			page.click("main .lk-head [data-lk-ask]");
			page.click("#lk-dialog button[type=submit]");
			assertThat(page.locator("#delivery-live tbody .lk-state")).hasText("Still let in");
			assertThat(page.locator("#delivery-live tbody")).containsText("ow-ben through grant");
			assertThat(page.locator("#delivery-live")).containsText("Gone from 0 of 1 node");
		});
		for (Look look : Look.values()) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/grants/" + own.id().value());
				EveryPageBrowserTests.inspect(page, "grant-still-let-in", look);
			});
		}
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + own.id().value());
			page.click("#delivery-live >> text=Close every way");
			page.click("#lk-dialog button[type=submit]");
			assertThat(page.locator("#delivery-live tbody .lk-state")).hasText("Gone");
			assertThat(page.locator("#delivery-live")).containsText("Gone from 1 of 1 node");
			page.navigate("/teams/ow-crew");
			assertThat(page.getByText("Nobody is in this team yet.")).isVisible();
		});
	}

	@Test
	void revokesTheChosenAtOnce() {
		for (String name : List.of("ow-mia", "ow-noa")) {
			this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
			this.identities.addKey(name, SampleKeys.ed25519(), null, null);
		}
		this.teams.create("ow-pair", null, List.of("ow-mia"));
		List<Grant> chosen = List.of(issue("identity:ow-mia"), issue("identity:ow-noa"));
		Grant shared = issue("team:ow-pair");
		String query = chosen.stream()
			.map((grant) -> "grant=" + grant.id().value())
			.collect(Collectors.joining("&", "?", ""));
		for (Look look : Look.values()) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/grants?q=ow-");
				EveryPageBrowserTests.inspect(page, "grants-chosen", look);
				page.navigate("/grants/revoke" + query);
				assertThat(page.locator("main .lk-notice")).containsText("ow-mia through grant " + shared.id().value());
				EveryPageBrowserTests.inspect(page, "grants-revoke", look);
				page.navigate("/grants/extend" + query);
				page.fill("#by", "2h");
				page.click("text=Show the new ends");
				assertThat(page.getByText("Change 2 ends")).isVisible();
				EveryPageBrowserTests.inspect(page, "grants-extend", look);
			});
		}
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/grants?q=ow-");
			chosen.forEach((grant) -> page.check("input[name=grant][value='%d']".formatted(grant.id().value())));
			page.click("text=Revoke the chosen ones");
			assertThat(page.locator("main h1")).hasText("Revoke 2 grants?");
			page.click("main button.lk-danger");
			assertThat(page.getByText("2 grants were revoked.")).isVisible();
			page.navigate("/grants?q=ow-&status=REVOKED");
			assertThat(page.getByText("ow-noa").first()).isVisible();
		});
	}

	private Grant issue(String subject) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse("node:" + NODE), "deploy", null,
				Duration.ofHours(1), null, null, GrantOptions.NONE));
	}

}
