package io.latchkey.pages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What holds for every page, light and dark, on a desk and on a phone: axe finds nothing,
 * and nothing has to be scrolled sideways. Leaves a picture of each in
 * {@code target/screenshots} with {@code -Dlatchkey.test.screenshots=true}.
 */
@BrowserTest
class EveryPageBrowserTests {

	private static final String VIOLATIONS = """
			async (rules) => {
				const found = await axe.run({ resultTypes: ['violations'], ...rules });
				return (found.passes.length === 0) ? ['axe looked at nothing'] : found.violations.map((rule) =>
						rule.id + ': ' + rule.help
						+ rule.nodes.map((node) => `\n    ${node.html}\n    ${node.failureSummary}`).join(''));
			}
			""";

	private static final Map<String, ?> EVERY_RULE = Map.of();

	private static final Map<String, ?> COLOUR_RULES = Map.of("runOnly",
			List.of("color-contrast", "link-in-text-block"));

	private static final boolean PICTURES = Boolean.getBoolean("latchkey.test.screenshots");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	@Autowired
	private Visitor visitor;

	static Stream<Arguments> pages() {
		return Stream.of(arguments("overview", "/"), arguments("grants", "/grants"),
				arguments("grants-ended", "/grants?status=REVOKED"), arguments("grant-new", "/grants/new"),
				arguments("grant", "/grants/1"), arguments("grant-revoke", "/grants/1/revoke"),
				arguments("grant-extend", "/grants/1/extend"), arguments("identities", "/identities"),
				arguments("identity-add", "/add/identity"), arguments("identity", "/identities/alice"),
				arguments("identity-edit", "/identities/alice/edit"),
				arguments("identity-add-key", "/identities/alice/add-key"),
				arguments("identity-make-key-pair", "/identities/alice/make-key-pair"),
				arguments("identity-use-key", "/identities/alice/use-key"),
				arguments("identity-suspend", "/identities/alice/suspend"), arguments("teams", "/teams"),
				arguments("team-add", "/add/team"), arguments("team", "/teams/ops"), arguments("nodes", "/nodes"),
				arguments("node-add", "/add/node"), arguments("node", "/nodes/rnmcluster02-node01"),
				arguments("node-edit", "/nodes/rnmcluster02-node01/edit"),
				arguments("node-enrol", "/nodes/rnmcluster02-node01/enrol"),
				arguments("node-host-keys", "/nodes/rnmcluster02-node01/host-keys"),
				arguments("enrolment-none", "/enrolment"), arguments("enrolment-tokens-none", "/enrolment/tokens"),
				arguments("registrations-none", "/enrolment/registrations"),
				arguments("node-delete", "/nodes/rnmcluster02-node01/delete"),
				arguments("foreign-keys", "/foreign-keys"),
				arguments("test-login", "/nodes/rnmcluster02-node01/accounts/root/test-login"),
				arguments("doctor", "/doctor?node=rnmcluster02-node01&account=root"),
				arguments("debug-sshd", "/nodes/rnmcluster02-node01/debug-sshd"),
				arguments("node-removed-none", "/nodes/rnmcluster02-node01/removed-lines"),
				arguments("clusters", "/clusters"), arguments("cluster-add", "/add/cluster"),
				arguments("cluster", "/clusters/rnmcluster02"),
				arguments("cluster-inter-node", "/clusters/rnmcluster02/inter-node"),
				arguments("cluster-exclusive", "/clusters/rnmcluster02/exclusive"),
				arguments("cluster-inter-node-change",
						"/clusters/rnmcluster02/inter-node/change?strategy=CLUSTER_PAIR&account=deploy"),
				arguments("changes", "/changes"), arguments("logins", "/logins"),
				arguments("logins-none", "/logins?identity=nobody"),
				arguments("changes-none", "/changes?action=nothing-is-called-so"), arguments("help", "/help"),
				arguments("settings", "/settings"), arguments("tokens", "/settings/tokens"),
				arguments("secrets", "/settings/secrets"), arguments("own-sessions", "/account/sessions"),
				arguments("search", "/search?q=alice"), arguments("search-nothing", "/search?q=nothing-has-this-name"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pages")
	void isAccessibleInEveryLook(String name, String path) {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
			inspectInEveryLook(page, name);
		});
	}

	@Test
	void signInIsAccessible() {
		this.visitor.asStranger(Look.DESK_LIGHT, (page) -> {
			page.navigate("/");
			assertThat(page.url()).contains("/sign-in");
			inspectInEveryLook(page, "sign-in");
		});
	}

	@Test
	void whatIsNotThereIsAccessible() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			assertThat(page.navigate("/nodes/nowhere").status()).isEqualTo(404);
			assertThat(page.locator(".lk-nav a[href='/identities']").count()).isEqualTo(1);
			inspectInEveryLook(page, "not-found");
			assertThat(page.navigate("/nowhere").status()).isEqualTo(404);
			assertThat(page.locator(".lk-nav a[href='/identities']").count()).isEqualTo(1);
		});
	}

	/**
	 * The page as it stands, in every look, and at last on a desk by day again. By night
	 * the same is there as by day, in other colours.
	 */
	static void inspectInEveryLook(Page page, String name) {
		for (Look look : Look.values()) {
			look.putOn(page);
			inspect(page, name, look, look.isDark() ? COLOUR_RULES : EVERY_RULE);
		}
		Look.DESK_LIGHT.putOn(page);
	}

	static void inspect(Page page, String name, Look look) {
		inspect(page, name, look, EVERY_RULE);
	}

	private static void inspect(Page page, String name, Look look, Map<String, ?> rules) {
		page.waitForFunction("() => document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')");
		if (PICTURES) {
			page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
				.setPath(SCREENSHOTS.resolve("%s-%s.png".formatted(name, look.label()))));
		}
		assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.as("%s, %s: pixels to scroll sideways", name, look.label())
			.isEqualTo(0);
		assertThat(violations(page, rules)).as("%s, %s", name, look.label()).isEmpty();
	}

	/** What axe finds, with the elements and what would mend them. */
	private static List<?> violations(Page page, Map<String, ?> rules) {
		assertThat(page.frames()).as("axe looks at one frame").hasSize(1);
		if (page.evaluate("typeof axe").equals("undefined")) {
			page.evaluate(AxeBuilder.getAxeScript());
		}
		return (List<?>) page.evaluate(VIOLATIONS, rules);
	}

}
