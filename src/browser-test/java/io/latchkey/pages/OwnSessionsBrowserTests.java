package io.latchkey.pages;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class OwnSessionsBrowserTests {

	@Autowired
	Visitor visitor;

	@Test
	void somebodyEndsASessionOfAnotherBrowser() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			this.visitor.asStranger(Look.DESK_LIGHT, (other) -> {
				Visitor.signIn(other, Visitor.PASSWORD);
				other.waitForURL((url) -> !url.contains("/sign-in"));
				page.navigate("/account/sessions");
				assertThat(page.locator("tbody tr").count()).isGreaterThan(1);
				assertThat(page.locator("tbody").innerText()).contains("Chrome on Linux", "This one");
				EveryPageBrowserTests.inspectInEveryLook(page, "own-sessions");
				page.click("text=End all others");
				page.waitForFunction("() => document.querySelectorAll('tbody tr').length === 1");
				EveryPageBrowserTests.inspectInEveryLook(page, "own-sessions-one");
				other.navigate("/");
				assertThat(other.url()).contains("/sign-in");
			});
			page.navigate("/");
			assertThat(page.url()).doesNotContain("/sign-in");
		});
	}

	/** What the content policy refused would be a complaint of the browser. */
	@Test
	void theDocumentationKeepsToTheContentPolicy() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			assertThat(page.navigate("/swagger-ui/index.html").headerValue("content-security-policy"))
				.doesNotContain("unsafe");
			// The page goes on drawing for long, and a click waits until it holds still.
			page.locator(".opblock-summary-control").first().dispatchEvent("click");
			page.waitForSelector(".opblock.is-open .parameters-container, .opblock.is-open .responses-wrapper");
			page.waitForLoadState();
		});
	}

}
