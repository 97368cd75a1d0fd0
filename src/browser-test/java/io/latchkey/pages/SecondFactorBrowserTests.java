package io.latchkey.pages;

import java.time.Instant;

import com.microsoft.playwright.Page;
import io.latchkey.users.Codes;
import io.latchkey.users.Invitations;
import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.UserDraft;
import io.latchkey.users.Users;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A second factor from the QR code to the sign-in by a recovery code, and its end.
 */
@BrowserTest
class SecondFactorBrowserTests {

	private static final String PASSWORD = "a kettle and four spoons";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Users users;

	@Autowired
	private Invitations invitations;

	@Autowired
	private SecondFactors factors;

	@Test
	void isSetUpAskedForAndTakenAway() {
		this.invitations.accept(this.users.invite(new UserDraft("frida", Role.AUDITOR, null, null, null)).text(),
				PASSWORD, "here");
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			signIn(page);
			page.navigate("/account/second-factor");
			EveryPageBrowserTests.inspectInEveryLook(page, "second-factor-none");
			page.click("main button[type=submit]");
			String secret = page.locator("#secret").textContent();
			code(page, "000000");
			assertThat(page.locator("#code-error")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "second-factor-refused");
			code(page, Codes.at(secret, Instant.now()));
			String recovery = page.locator("#recovery-codes").textContent().lines().findFirst().orElseThrow();
			EveryPageBrowserTests.inspectInEveryLook(page, "second-factor-codes");
			page.reload();
			assertThat(page.locator("#recovery-codes")).hasCount(0);
			EveryPageBrowserTests.inspectInEveryLook(page, "second-factor");
			page.navigate("/account/second-factor/remove");
			EveryPageBrowserTests.inspectInEveryLook(page, "second-factor-remove");
			page.navigate("/account");
			signOut(page);
			signIn(page);
			assertThat(page.locator("h1")).hasText("The code of your authenticator");
			EveryPageBrowserTests.inspectInEveryLook(page, "sign-in-code");
			page.navigate("/nodes");
			assertThat(page.locator("h1")).hasText("Sign in");
			signIn(page);
			code(page, "000000");
			EveryPageBrowserTests.inspectInEveryLook(page, "sign-in-code-refused");
			code(page, recovery);
			assertThat(page.locator("h1")).hasText("Overview");
			signOut(page);
			signIn(page);
			code(page, recovery);
			assertThat(page.locator("h1")).hasText("The code of your authenticator");
			this.factors.takeAway("frida");
			signIn(page);
			assertThat(page.locator("h1")).hasText("Overview");
		});
	}

	private static void code(Page page, String code) {
		page.fill("#code", code);
		page.click("main button[type=submit]");
	}

	private static void signIn(Page page) {
		page.navigate("/sign-in");
		page.fill("#username", "frida");
		page.fill("#password", PASSWORD);
		page.click("main button[type=submit]");
	}

	private static void signOut(Page page) {
		page.click(".lk-drop summary");
		page.click(".lk-drop button[type=submit]");
		assertThat(page.locator("h1")).hasText("Sign in");
	}

}
