package io.latchkey.pages;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.assertions.LocatorAssertions;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Latchkey's own key is rotated from its page, which shows how far that has come and
 * which nodes have not moved.
 */
@BrowserTest
class RotationBrowserTests {

	private static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private HostKeyPins pins;

	@Test
	void isStartedFollowedAndNotStartedTwice() throws InvalidKeyException {
		Node away = this.nodes
			.create(new NodeDraft("away", "127.0.0.1", 2, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.pins.pin(away.id(), List.of(new HostKey(PublicKey.parse(HOST_KEY))));
		this.nodes.markEnrolled(away.id());
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/settings");
			String line = page.locator("#management-line").textContent();
			page.navigate("/settings/rotate");
			page.click("main button[type=submit]");
			assertThat(page.locator("#live")).containsText("A rotation is under way");
			assertThat(page.locator("#management-line")).not().hasText(line);
			assertThat(page.locator("#live table")).containsText("away");
			assertThat(page.locator("#live .lk-legend")).containsText("away",
					new LocatorAssertions.ContainsTextOptions().setTimeout(30000));
			this.visitor.asAdmin(Look.DESK_LIGHT, (other) -> {
				other.navigate("/settings");
				EveryPageBrowserTests.inspectInEveryLook(other, "settings-rotation");
			});
			page.navigate("/settings/rotate");
			page.click("main button[type=submit]");
			assertThat(page.locator("[role=alert]")).containsText("A rotation is under way");
			page.navigate("/settings");
			this.nodes.delete("away");
			// One of the sandbox's nodes is only observed, and holds the rotation open.
			assertThat(page.locator("#live")).containsText(Pattern.compile("Moved 3 of \\d+ nodes"),
					new LocatorAssertions.ContainsTextOptions().setTimeout(60000));
		});
	}

}
