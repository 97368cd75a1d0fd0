package io.latchkey.pages;

import java.util.List;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The help where somebody stumbles, in place and on its own page.
 */
@BrowserTest
class HelpBrowserTests {

	private static final String LINK = "main a[href^='/help#help-']";

	@Autowired
	private Visitor visitor;

	@ParameterizedTest
	@ValueSource(strings = { "/nodes/rnmcluster02-node04", "/nodes/rnmcluster02-node01/enrol",
			"/nodes/rnmcluster02-node01/edit", "/identities/alice/add-key", "/foreign-keys", "/add/node",
			"/grants/1/revoke", "/clusters/rnmcluster02/exclusive", "/enrolment/registrations" })
	void leadsToWhatItIsAbout(String path) {
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate(path);
			List<String> links = page.locator(LINK)
				.all()
				.stream()
				.map((link) -> link.getAttribute("href"))
				.distinct()
				.toList();
			assertThat(links).as(path).isNotEmpty();
			page.navigate("/help");
			for (String link : links) {
				assertThat(page.locator(link.substring(link.indexOf('#')) + " p")).hasCount(1);
			}
		});
	}

	@Test
	void opensAtItsPlaceAndLosesNothing() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/alice/add-key");
			page.fill("#comment", "kept");
			page.click("a[href='/help#help-public-key']");
			assertThat(page.locator("#lk-help #help-public-key")).isFocused();
			assertThat(page.locator("#lk-help #help-public-key")).isInViewport();
			EveryPageBrowserTests.inspect(page, "help-public-key", Look.DESK_LIGHT);
			page.keyboard().press("Escape");
			assertThat(page.locator("#comment")).hasValue("kept");
		});
	}

	/** Escape leaves the help, and the question stands. */
	@Test
	void standsAboveAQuestion() {
		this.visitor.asAdmin(Look.PHONE_DARK, (page) -> {
			page.navigate("/grants/1");
			page.click("a[href='/grants/1/revoke']");
			page.locator("#lk-dialog a[href='/help#help-sessions']").click();
			assertThat(page.locator("#lk-help #help-sessions")).isFocused();
			EveryPageBrowserTests.inspect(page, "help-above-a-question", Look.PHONE_DARK);
			escape(page);
			assertThat(page.locator("#lk-help")).not().isVisible();
			assertThat(page.locator("#lk-dialog h1")).isVisible();
			escape(page);
			assertThat(page.locator("#lk-dialog")).not().isVisible();
		});
	}

	private static void escape(Page page) {
		page.keyboard().press("Escape");
	}

}
