package io.latchkey.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.latchkey.Patience;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person at a browser. What the browser complains of, a script that the content policy
 * refuses for instance, fails the test.
 */
@TestComponent
class Visitor {

	static final String PASSWORD = "browser-tests-4711";

	private final Environment environment;

	private final Map<Look, BrowserContext> admins = new EnumMap<>(Look.class);

	private @Nullable String signedIn;

	Visitor(Environment environment) {
		this.environment = environment;
	}

	/** Visits as somebody who is not known yet. */
	void asStranger(Look look, Consumer<Page> visit) {
		visit(look.options(address()), visit);
	}

	/** Visits as the user admin, with what the browser has kept from earlier visits. */
	void asAdmin(Look look, Consumer<Page> visit) {
		visit(this.admins.computeIfAbsent(look, this::newAdmin), visit);
	}

	/**
	 * With a page that stays: it keeps the browser's process, and what that has compiled,
	 * for the next.
	 */
	private BrowserContext newAdmin(Look look) {
		BrowserContext context = Chromium.browser().newContext(look.options(address()).setStorageState(signedIn()));
		context.newPage().navigate("/sign-in");
		return context;
	}

	/** Visits as the user admin whose clock shows the time of that zone. */
	void asAdminIn(String zone, Look look, Consumer<Page> visit) {
		visit(look.options(address()).setTimezoneId(zone).setStorageState(signedIn()), visit);
	}

	/** Visits as the user admin, with scripts switched off. */
	void asAdminWithoutScripts(Consumer<Page> visit) {
		visit(Look.DESK_LIGHT.options(address()).setJavaScriptEnabled(false).setStorageState(signedIn()), visit);
	}

	static void signIn(Page page, String password) {
		page.navigate("/sign-in");
		page.fill("#username", "admin");
		page.fill("#password", password);
		page.click("main button[type=submit]");
	}

	private String signedIn() {
		String state = this.signedIn;
		if (state == null) {
			try (BrowserContext context = Chromium.browser().newContext(Look.DESK_LIGHT.options(address()))) {
				Page page = context.newPage();
				signIn(page, PASSWORD);
				page.waitForURL((url) -> !url.contains("/sign-in"));
				state = context.storageState();
				this.signedIn = state;
			}
		}
		return state;
	}

	private void visit(Browser.NewContextOptions options, Consumer<Page> visit) {
		try (BrowserContext context = Chromium.browser().newContext(options)) {
			visit(context, visit);
		}
	}

	private static void visit(BrowserContext context, Consumer<Page> visit) {
		context.setDefaultTimeout(Patience.of(Duration.ofSeconds(15)).toMillis());
		List<String> complaints = new ArrayList<>();
		try (Page page = context.newPage()) {
			page.onConsoleMessage((message) -> {
				if (message.type().equals("error") && !isExpected(message.text())) {
					complaints.add(page.url() + ": " + message.text());
				}
			});
			page.onPageError((error) -> complaints.add(page.url() + ": " + error));
			visit.accept(page);
			assertThat(complaints).as("what the browser complained of").isEmpty();
		}
	}

	/** Answers that say no, and requests of htmx that a newer one has overtaken. */
	private static boolean isExpected(String text) {
		return text.contains("status of 4") || text.startsWith("htmx:sendAbort")
				|| text.startsWith("htmx:afterRequest");
	}

	private String address() {
		return "http://localhost:" + this.environment.getRequiredProperty("local.server.port");
	}

}
