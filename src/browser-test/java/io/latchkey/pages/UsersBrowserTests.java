package io.latchkey.pages;

import com.microsoft.playwright.Page;
import io.latchkey.users.Role;
import io.latchkey.users.UserDraft;
import io.latchkey.users.Users;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * From the invitation to what a member sees, and to the end of their session.
 */
@BrowserTest
class UsersBrowserTests {

	private static final String PASSWORD = "a kettle and four spoons";

	private static final String LONG_NAME = "a".repeat(20) + "-" + "b".repeat(42);

	@Autowired
	private Visitor visitor;

	@Autowired
	private People people;

	@Autowired
	private Users users;

	@Test
	void aMemberIsInvitedSignsInSeesTheirOwnAndIsDisabled() {
		this.people.add("hanna");
		this.people.let("identity:hanna", "node:rnmcluster02-node01");
		String[] link = new String[1];
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/settings/users");
			page.fill("#username", "hanna");
			page.selectOption("#role", "MEMBER");
			page.fill("#identity", "hanna");
			page.fill("#displayName", "Hanna Abend");
			page.click("main button[type=submit]");
			link[0] = page.locator("#invitation-link").textContent();
			EveryPageBrowserTests.inspectInEveryLook(page, "users-invited");
			page.click("tbody th a:text-is('hanna')");
			assertThat(page.locator("h1")).hasText("hanna");
			EveryPageBrowserTests.inspectInEveryLook(page, "user");
		});
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			accept(page, link[0]);
			signIn(page);
			assertThat(page.locator("h1")).hasText("My access");
			assertThat(page.locator("main")).containsText("rnmcluster02-node01");
			assertThat(page.locator(".lk-nav a")).hasCount(1);
			EveryPageBrowserTests.inspectInEveryLook(page, "my");
			page.navigate("/my/add-key");
			page.fill("#publicKey", "no key");
			page.click("main button[type=submit]");
			assertThat(page.locator("#publicKey-error")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "my-add-key-refused");
			page.navigate("/account");
			EveryPageBrowserTests.inspectInEveryLook(page, "account");
			page.navigate("/nodes");
			assertThat(page.locator("h1")).not().hasText("Nodes");
			EveryPageBrowserTests.inspectInEveryLook(page, "my-forbidden");
			this.visitor.asAdmin(Look.DESK_LIGHT, (admin) -> {
				admin.navigate("/settings/users/hanna");
				assertThat(admin.locator("main")).containsText("1 session");
				EveryPageBrowserTests.inspectInEveryLook(admin, "user-sessions");
			});
			this.users.disable("hanna");
			page.navigate("/my");
			assertThat(page.locator("h1")).hasText("Sign in");
		});
	}

	@Test
	void theListOfUsersIsLegibleHoweverManyThereAre() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/settings/users");
			EveryPageBrowserTests.inspectInEveryLook(page, "users");
			page.fill("#username", "Not A Name");
			page.fill("#identity", "nobody-of-that-name");
			page.click("main form.lk-narrow button[type=submit]");
			assertThat(page.locator("#username-error")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "users-refused");
			makeMany();
			page.navigate("/settings/users");
			EveryPageBrowserTests.inspectInEveryLook(page, "users-many");
			page.navigate("/settings/users/" + LONG_NAME);
			EveryPageBrowserTests.inspectInEveryLook(page, "user-invited");
			page.fill("#identity", "nobody-of-that-name");
			page.click("main form.lk-narrow button[type=submit]");
			assertThat(page.locator("#identity-error")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "user-refused");
			page.click("text=Delete");
			assertThat(page.locator("#lk-dialog")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "user-delete");
			page.navigate("/settings/users/many1");
			EveryPageBrowserTests.inspectInEveryLook(page, "user-disabled");
			page.navigate("/account");
			EveryPageBrowserTests.inspectInEveryLook(page, "account-admin");
		});
	}

	@Test
	void thePasswordIsGivenAgain() {
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			Visitor.signIn(page, Visitor.PASSWORD);
			page.navigate("/sign-in/again");
			EveryPageBrowserTests.inspectInEveryLook(page, "sign-in-again");
			page.navigate("/sign-in/again?unsent");
			EveryPageBrowserTests.inspectInEveryLook(page, "sign-in-again-unsent");
			again(page, "not the password");
			assertThat(page.locator(".lk-notice.s-failed")).hasText("The password is wrong.");
			EveryPageBrowserTests.inspectInEveryLook(page, "sign-in-again-refused");
			again(page, Visitor.PASSWORD);
			assertThat(page.locator("h1")).hasText("Overview");
		});
	}

	private static void again(Page page, String password) {
		page.fill("#password", password);
		page.click("main button[type=submit]");
	}

	private void makeMany() {
		this.users.invite(new UserDraft(LONG_NAME, Role.OPERATOR, null,
				"Anna-Katharina von Hohenstein-Waldburg, " + "who has the longest name in all of the house",
				"anna@example.org"));
		for (int i = 1; i <= 30; i++) {
			this.users
				.invite(new UserDraft("many" + i, Role.values()[i % Role.values().length], null, "Many " + i, null));
			if (i % 5 == 1) {
				this.users.disable("many" + i);
			}
		}
	}

	@Test
	void aPasswordIsChangedWithTheOldOne() {
		String link = "/invitation/" + this.users.invite(new UserDraft("otto", Role.MEMBER, null, null, null)).text();
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			accept(page, link);
			page.navigate(link);
			assertThat(page.locator("h1")).hasText("This link does not count any more");
			EveryPageBrowserTests.inspectInEveryLook(page, "invitation-over");
			page.navigate("/sign-in");
			page.fill("#username", "otto");
			page.fill("#password", PASSWORD);
			page.click("main button[type=submit]");
			EveryPageBrowserTests.inspectInEveryLook(page, "my-untied");
			page.navigate("/account/password");
			change(page, "not the old one at all");
			assertThat(page.locator("#oldPassword-error")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "password-refused");
			change(page, PASSWORD);
			assertThat(page.locator("main")).containsText("The password is set.");
			page.navigate("/my");
			assertThat(page.locator("h1")).hasText("Sign in");
		});
	}

	private static void accept(Page page, String link) {
		page.navigate(link);
		page.fill("#password", PASSWORD);
		page.fill("#passwordAgain", "another one");
		page.click("main button[type=submit]");
		assertThat(page.locator("#passwordAgain-error")).isVisible();
		EveryPageBrowserTests.inspectInEveryLook(page, "invitation");
		page.fill("#password", PASSWORD);
		page.fill("#passwordAgain", PASSWORD);
		page.click("main button[type=submit]");
		assertThat(page.locator("main")).containsText("The password is set.");
	}

	private static void change(Page page, String old) {
		page.fill("#oldPassword", old);
		page.fill("#password", "six forks on a table");
		page.fill("#passwordAgain", "six forks on a table");
		page.click("main button[type=submit]");
	}

	private static void signIn(Page page) {
		page.fill("#username", "hanna");
		page.fill("#password", PASSWORD);
		page.click("main button[type=submit]");
	}

}
