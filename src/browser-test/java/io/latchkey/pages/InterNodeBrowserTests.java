package io.latchkey.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.microsoft.playwright.Download;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class InterNodeBrowserTests {

	private static final String PAGE = "/clusters/inb-prod/inter-node";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private InterNodeKeys interNodeKeys;

	@Test
	void showsWhatAStrategyBringsBeforeItIsChosenAndGivesOutASharedPair() {
		List<String> names = IntStream.rangeClosed(1, 8).mapToObj("inb-node%02d"::formatted).toList();
		names.forEach((name) -> this.nodes
			.create(new NodeDraft(name, "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of())));
		this.clusters.create("inb-prod", null, names);
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/clusters/inb-prod");
			page.click("main a[href$='/inter-node']");
			page.check("input[value=SHARED_PAIR]");
			page.fill("#account", "no body");
			page.click("main form[action$='/change'] button");
			assertThat(page.locator("main")).containsText("latchkey_config");
			page.click("main button[type=submit]");
			assertThat(page.locator("main .lk-notice")).containsText("Expected an account with a plain name");
			page.navigate(PAGE + "/change?strategy=SHARED_PAIR&account=deploy");
			assertThat(page.locator("main")).containsText("One private key is copied to 8 nodes");
			page.click("main button[type=submit]");
			page.waitForURL("**" + PAGE);
			assertThat(page.locator("main")).containsText("as deploy: 0 of 8 nodes have their part");
		});
		assertThat(this.interNodeKeys.of("inb-prod").strategy()).isEqualTo(InterNodeStrategy.SHARED_PAIR);
		for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate(PAGE);
				EveryPageBrowserTests.inspect(page, "inter-node", look);
				page.click("main form[action$='/test'] button");
				assertThat(page.locator("main")).containsText("56 logins of 56 failed");
				EveryPageBrowserTests.inspect(page, "inter-node-test", look);
				page.navigate(PAGE + "/take");
				EveryPageBrowserTests.inspect(page, "inter-node-take", look);
			});
		}
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate(PAGE + "/take");
			page.fill("#confirm", "inb-prod");
			Download download = page.waitForDownload(() -> page.click("main button[type=submit]"));
			assertThat(download.suggestedFilename()).isEqualTo("latchkey_inb-prod");
			assertThat(read(download.path())).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
		});
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
