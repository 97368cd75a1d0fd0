package io.latchkey.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The fields for a date and a time: by mouse, keyboard and typing, in the viewer's zone.
 */
@BrowserTest
class InstantsBrowserTests {

	private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

	/** Hours and a half off, and on another day in the evening. */
	private static final ZoneId FAR = ZoneId.of("Australia/Adelaide");

	@Autowired
	private Visitor visitor;

	@Autowired
	private Grants grants;

	@Test
	void theCalendarIsAccessible() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			Locator panel = opened(page);
			page.keyboard().press("Enter");
			assertThat(panel.locator("[aria-selected=true]")).hasCount(1);
			assertThat(panel.locator("button[aria-current=date]")).hasCount(1);
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-new-calendar");
		});
	}

	@Test
	void isUsedByTheKeyboardAlone() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			Locator panel = opened(page);
			page.keyboard().press("ArrowRight");
			page.keyboard().press("ArrowDown");
			page.keyboard().press("PageDown");
			page.keyboard().press("PageUp");
			page.keyboard().press("Enter");
			LocalDate chosen = today(page).plusDays(8);
			// a month and back may end on that month's last day
			assertThat(page.inputValue("#expiresAt")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
			assertThat(LocalDate.parse(page.inputValue("#expiresAt").substring(0, 10))).isBetween(chosen.minusDays(3),
					chosen);
			page.keyboard().press("Tab");
			page.keyboard().type("21");
			page.keyboard().press("Tab");
			page.keyboard().type("35");
			assertThat(page.locator("#expiresAt")).hasValue(Pattern.compile(".* 21:35"));
			assertThat(page.locator("#preview")).containsText("alice");
			page.keyboard().press("Escape");
			assertThat(panel).not().isVisible();
			assertThat(page.locator("lk-instant:has(#expiresAt) > button")).isFocused();
		});
	}

	@Test
	void offersOnlyWhatIsAllowed() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/new");
			page.click("label[for=until-date]");
			page.evaluate("document.querySelector('#expiresAt').parentElement.dataset.longest = 3 * 86400");
			page.click("lk-instant:has(#expiresAt) > button");
			Locator panel = page.locator("#expiresAt-panel");
			assertThat(panel.locator("[data-length=P1D]")).isVisible();
			assertThat(panel.locator("[data-length=P7D]")).not().isVisible();
			for (int day = 0; day < 9; day++) {
				page.keyboard().press("ArrowRight");
			}
			assertThat(panel.locator("[tabindex='0'][data-day]")).hasAttribute("aria-disabled", "true");
			page.keyboard().press("Enter");
			assertThat(page.locator("#expiresAt")).hasValue("");
			for (int day = 0; day < 11; day++) {
				page.keyboard().press("ArrowLeft");
			}
			assertThat(panel.locator("[tabindex='0'][data-day]")).hasAttribute("aria-disabled", "true");
			page.click("#expiresAt-panel [data-length=P1D]");
			assertThat(panel).not().isVisible();
			assertThat(LocalDateTime.parse(page.inputValue("#expiresAt"), FORM)).isCloseTo(
					LocalDateTime.ofInstant(Instant.now().plus(1, ChronoUnit.DAYS), ZoneId.of("UTC")),
					within(10, ChronoUnit.MINUTES));
		});
	}

	@Test
	void anEndThatIsSavedAsItWasShownStaysTheSame() {
		Grant grant = issue();
		this.visitor.asAdminIn(FAR.getId(), Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/" + grant.id().value() + "/extend");
			assertThat(page.locator("#expiresAt")).hasValue(FORM.format(LocalDateTime.ofInstant(required(grant), FAR)));
			assertThat(page.locator("#expiresAt-hint")).containsText(FAR.getId());
			page.click("main button[type=submit]");
			page.waitForURL("**/grants/" + grant.id().value());
			assertThat(this.grants.get(grant.id()).expiresAt()).isEqualTo(required(grant));
			page.navigate("/grants/" + grant.id().value() + "/extend");
			page.fill("#by", "nonsense");
			page.fill("#expiresAt", "2099-01-01 12:00");
			page.click("main button[type=submit]");
			assertThat(page.locator("#by-error")).isVisible();
			assertThat(page.locator("#expiresAt")).hasValue("2099-01-01 12:00");
			page.fill("#by", "");
			page.click("main button[type=submit]");
			page.waitForURL("**/grants/" + grant.id().value());
			assertThat(this.grants.get(grant.id()).expiresAt()).isEqualTo("2099-01-01T01:30:00Z");
		});
		this.grants.revoke(grant.id());
	}

	@Test
	void isTheBrowsersOwnFieldWithoutScripts() {
		Grant grant = issue();
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/grants/" + grant.id().value() + "/extend");
			assertThat(page.locator("#expiresAt")).hasAttribute("type", "datetime-local");
			assertThat(page.locator("#expiresAt-hint")).containsText("UTC");
			assertThat(page.locator("lk-instant button")).hasCount(0);
			page.fill("#expiresAt", "2099-01-01T12:00");
			page.click("main button[type=submit]");
			page.waitForURL("**/grants/" + grant.id().value());
			assertThat(this.grants.get(grant.id()).expiresAt()).isEqualTo("2099-01-01T12:00:00Z");
		});
		this.grants.revoke(grant.id());
	}

	private static Locator opened(Page page) {
		page.navigate("/grants/new?subject=identity:alice&target=cluster:rnmcluster02");
		page.fill("#account", "deploy");
		page.click("label[for=until-date]");
		page.focus("#expiresAt");
		page.keyboard().press("Alt+ArrowDown");
		Locator panel = page.locator("#expiresAt-panel");
		assertThat(panel).isVisible();
		assertThat(panel.locator("button[data-day][tabindex='0']")).isFocused();
		return panel;
	}

	private static LocalDate today(Page page) {
		return LocalDate.parse((String) page.evaluate("new Date().toISOString().slice(0, 10)"));
	}

	private Grant issue() {
		Instant end = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MINUTES);
		return this.grants.issue(new GrantDraft(Subject.parse("identity:alice"),
				Target.parse("node:rnmcluster02-node04"), "deploy", null, null, end, null, GrantOptions.NONE));
	}

	private static Instant required(Grant grant) {
		return java.util.Objects.requireNonNull(grant.expiresAt());
	}

}
