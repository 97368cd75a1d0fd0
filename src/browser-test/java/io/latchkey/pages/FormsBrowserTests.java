package io.latchkey.pages;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How forms behave when what is typed in is wrong, and when there are no scripts.
 */
@BrowserTest
class FormsBrowserTests {

	@Autowired
	private Visitor visitor;

	@Test
	void signInRefusesAWrongPassword() {
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			Visitor.signIn(page, "not the password");
			assertThat(page.locator("[role=alert]")).isVisible();
			page.navigate("/nodes");
			assertThat(page.url()).contains("/sign-in");
		});
	}

	@Test
	void signOutEndsTheSession() {
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			Visitor.signIn(page, Visitor.PASSWORD);
			page.click(".lk-drop summary");
			page.click("form[action='/sign-out'] button");
			page.waitForURL("**/sign-in**");
			page.navigate("/nodes");
			assertThat(page.url()).contains("/sign-in");
		});
	}

	@Test
	void aFaultStandsNextToItsFieldAndNoInputIsLost() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/add/node");
			page.fill("#name", "Not A Name");
			page.fill("#address", "192.0.2.7");
			page.fill("#port", "99999");
			page.click("main button[type=submit]");
			assertThat(page.locator("#port-error")).containsText("65535");
			assertThat(page.locator("#name-error")).isVisible();
			assertThat(page.locator("#address")).hasValue("192.0.2.7");
			assertThat(page.locator("#port")).hasValue("99999");
		});
	}

	@Test
	void aPrivateKeyDoesNotLeaveTheBrowser() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/alice/add-key");
			page.fill("#publicKey", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA");
			page.click("main button[type=submit]");
			assertThat(page.locator("#private-key-error")).isVisible();
			assertThat(page.locator("#publicKey")).hasValue("");
			assertThat(page.url()).endsWith("/add-key");
		});
	}

	@Test
	void suggestsWhatThereIsAndTellsWhatSomebodyHas() {
		for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/grants/new?subject=identity:alice&target=cluster:rnmcluster02");
				page.focus("#account");
				assertThat(page.locator("#account-options option[value='deploy']")).hasCount(1);
				page.fill("#account", "deploy");
				page.click("label[for=until-length]");
				page.fill("#length", "45 min");
				assertThat(page.locator("#preview")).containsText("alice has already");
				EveryPageBrowserTests.inspect(page, "grant-new-length", look);
				page.click("label[for=until-date]");
				assertThat(page.locator("#expiresAt")).isVisible();
				EveryPageBrowserTests.inspect(page, "grant-new-date", look);
			});
		}
	}

	@Test
	void showsTheShortcuts() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/new");
			page.keyboard().press("?");
			assertThat(page.locator("#lk-help")).containsText("Keyboard");
			page.keyboard().press("Escape");
			assertThat(page.locator("#lk-help")).not().isVisible();
			page.focus("#reason");
			page.keyboard().type("why?");
			assertThat(page.locator("#reason")).hasValue("why?");
			assertThat(page.locator("#lk-help")).not().isVisible();
		});
	}

	@Test
	void showsOnlyTheFieldsOfTheChosenWayIn() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rnmcluster02-node01/enrol");
			assertThat(page.locator("#password")).isVisible();
			assertThat(page.locator("#privateKey")).not().isVisible();
			page.check("input[value=PRIVATE_KEY]");
			assertThat(page.locator("#password")).not().isVisible();
			assertThat(page.locator("#privateKey")).isVisible();
		});
	}

	@Test
	void filtersActAsOneTypes() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities");
			assertThat(page.locator("#rows tbody tr th a[href='/identities/bob']")).hasCount(1);
			page.locator("#filter-q").pressSequentially("alice");
			assertThat(page.locator("#rows tbody tr th a[href='/identities/bob']")).hasCount(0);
			assertThat(page.locator("#rows tbody tr th a[href='/identities/alice']")).hasCount(1);
			assertThat(page.locator("#filter-q")).isFocused();
			page.waitForURL("**/identities?q=alice**");
			page.navigate("/nodes");
			page.selectOption("#state", "UNREACHABLE");
			page.waitForURL("**state=UNREACHABLE**");
			assertThat(page.locator("#rows")).containsText("Nothing matches");
			assertThat(page.locator("#csv")).hasAttribute("href", Pattern.compile(".*state=UNREACHABLE.*"));
		});
	}

	@Test
	void worksWithoutScripts() {
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/add/identity");
			page.fill("#name", "no-scripts");
			page.click("main button[type=submit]");
			assertThat(page.locator("h1")).hasText("no-scripts");
			page.navigate("/identities/no-scripts/delete");
			page.click("main button[type=submit]");
			page.waitForURL("**/identities");
			assertThat(page.navigate("/identities/no-scripts").status()).isEqualTo(404);
		});
	}

}
