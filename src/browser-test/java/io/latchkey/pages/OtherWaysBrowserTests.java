package io.latchkey.pages;

import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.grants.Grant;
import io.latchkey.identity.Teams;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Somebody who has an account by a grant and by a team: "gone" is said when the login is.
 */
@BrowserTest
class OtherWaysBrowserTests {

	private static final String NODE = "node:rnmcluster02-node01";

	@Autowired
	private Visitor visitor;

	@Autowired
	private People people;

	@Autowired
	private Teams teams;

	@Test
	void saysWhatStillLetsInAndClosesEveryWay() {
		this.people.add("ow-ben");
		this.teams.create("ow-crew", null, List.of("ow-ben"));
		Grant own = this.people.letIn("identity:ow-ben", NODE);
		Grant shared = this.people.letIn("team:ow-crew", NODE);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + own.id().value() + "/revoke");
			assertThat(page.locator("main .lk-notice")).containsText("ow-ben through grant " + shared.id().value());
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-revoke-other-way");
			page.click("text=Close every way");
			assertThat(page.getByText("Takes ow-ben out of the team ow-crew")).isVisible();
			page.navigate("/grants/" + own.id().value() + "/close-every-way");
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-close-every-way");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + own.id().value());
			page.click("main .lk-head [data-lk-ask]");
			page.click("#lk-dialog button[type=submit]");
			assertThat(page.locator("#delivery-live tbody .lk-state")).hasText("Still let in");
			assertThat(page.locator("#delivery-live tbody")).containsText("ow-ben through grant");
			assertThat(page.locator("#delivery-live")).containsText("Gone from 0 of 1 node");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + own.id().value());
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-still-let-in");
		});
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
			this.people.add(name);
		}
		this.teams.create("ow-pair", null, List.of("ow-mia"));
		List<Grant> chosen = List.of(this.people.let("identity:ow-mia", NODE),
				this.people.let("identity:ow-noa", NODE));
		Grant shared = this.people.let("team:ow-pair", NODE);
		String query = chosen.stream()
			.map((grant) -> "grant=" + grant.id().value())
			.collect(Collectors.joining("&", "?", ""));
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants?q=ow-");
			EveryPageBrowserTests.inspectInEveryLook(page, "grants-chosen");
			page.navigate("/grants/revoke" + query);
			assertThat(page.locator("main .lk-notice")).containsText("ow-mia through grant " + shared.id().value());
			EveryPageBrowserTests.inspectInEveryLook(page, "grants-revoke");
			page.navigate("/grants/extend" + query);
			page.fill("#by", "2h");
			page.click("text=Show the new ends");
			assertThat(page.getByText("Change 2 ends")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "grants-extend");
		});
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

}
