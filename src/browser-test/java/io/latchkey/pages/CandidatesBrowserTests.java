package io.latchkey.pages;

import java.util.List;

import io.latchkey.SampleKeys;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Many nodes from a list to their host keys, in every look.
 */
@BrowserTest
class CandidatesBrowserTests {

	private static final String LIST = """
			[cb-web]
			cb-web1 ansible_host=127.9.9.1 ansible_port=1
			cb-web2 ansible_host=cb-web2.example ansible_user=deploy
			cb-web3 ansible_host=127.9.9.1 ansible_port=1
			cb web4
			localhost ansible_connection=local
			cb-win ansible_connection=winrm
			cb-app ansible_ssh_common_args='-o ProxyCommand="connect -S socks:1080 %h %p"'
			""";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@AfterEach
	void forget() {
		List.of("cb-web1", "cb-web2").forEach(this.nodes::delete);
		this.clusters.delete("cb-web");
	}

	@Test
	void importsWhatThePreviewShowed() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/enrolment/import");
			EveryPageBrowserTests.inspectInEveryLook(page, "import");
			page.click("main button[type=submit]");
			assertThat(page.locator("#text-error")).containsText("Expected a list of nodes");
			page.fill("#text", LIST);
			page.click("main button[type=submit]");
			assertThat(page.locator("main")).containsText("2 nodes are added");
			assertThat(page.locator("main")).containsText("2 lines are wrong and left out");
			assertThat(page.locator("main")).containsText("1 line is here already, skipped");
			assertThat(page.locator("main"))
				.containsText("cb-app is reached by a command that no jump node stands for");
			page.click("text=2 lines are passed over");
			assertThat(page.locator("main")).containsText("cb-win is not reached over SSH but by winrm");
			assertThat(page.locator("#text")).hasValue(LIST);
			EveryPageBrowserTests.inspectInEveryLook(page, "import-preview");
			page.click("text=Add 2 nodes");
			page.waitForURL("**/enrolment");
			assertThat(page.locator("main")).containsText("nothing listens there");
			EveryPageBrowserTests.inspectInEveryLook(page, "candidates");
		});
	}

	@Test
	void keepsAListThatNamesNoKey() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/enrolment/import");
			page.fill("#text", "cb-web1 " + SampleKeys.ed25519());
			page.click("main button[type=submit]");
			page.click("text=Add 1 node");
			page.waitForURL("**/enrolment");
			assertThat(page.locator("main")).containsText("Let Latchkey in on 1 node");
			page.navigate("/nodes/cb-web1/host-keys");
			assertThat(page.locator("main")).containsText("cb-web1");
			EveryPageBrowserTests.inspect(page, "host-keys-unreachable", Look.DESK_LIGHT);
		});
	}

}
