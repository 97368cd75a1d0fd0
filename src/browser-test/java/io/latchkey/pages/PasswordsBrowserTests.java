package io.latchkey.pages;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What would follow without passwords, on a node and on a cluster. */
@BrowserTest
class PasswordsBrowserTests {

	private static final String NODE = "/nodes/rnmcluster02-node01";

	private static final String CLUSTER = "/clusters/rnmcluster02";

	@Autowired
	private Visitor visitor;

	@Test
	void arePlainInEveryLook() {
		for (Look look : new Look[] { Look.DESK_LIGHT, Look.PHONE_LIGHT }) {
			this.visitor.asAdmin(look, (page) -> {
				page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
				inspect(page, "node-passwords", NODE + "/passwords", look);
				inspect(page, "cluster-passwords", CLUSTER + "/passwords", look);
				inspect(page, "node-with-passwords", NODE, look);
				inspect(page, "cluster-with-passwords", CLUSTER, look);
			});
		}
	}

	@Test
	void leadFromTheNodeToWhatWasFound() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate(NODE);
			page.click("a[href='" + NODE + "/passwords']");
			assertThat(page.locator("h1")).containsText("Password login");
			assertThat(page.locator("section[aria-labelledby=readiness] li").first()).isVisible();
		});
	}

	private static void inspect(Page page, String name, String path, Look look) {
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		page.navigate(path);
		EveryPageBrowserTests.inspect(page, name, look);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		EveryPageBrowserTests.inspect(page, name, look.dark());
	}

}
