package io.latchkey.pages;

import java.util.List;
import java.util.Map;

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
 * A node that shows another host key than the pinned one, from the Overview to where it
 * is accepted.
 */
@BrowserTest
class HostKeyBrowserTests {

	private static final String OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private HostKeyPins pins;

	@Test
	void isNamedComparedAndAccepted() throws InvalidKeyException {
		Node sandbox = this.nodes.get("rnmcluster02-node02");
		Node moved = this.nodes.create(new NodeDraft("moved", sandbox.route().address(), sandbox.route().port(), "root",
				Privilege.ROOT, Mode.OBSERVE, Map.of()));
		try {
			this.pins.pin(moved.id(), List.of(new HostKey(PublicKey.parse(OTHER))));
			this.nodes.markEnrolled(moved.id());
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				page.navigate("/");
				assertThat(page.locator(".lk-needs")).containsText("moved shows another host key",
						new LocatorAssertions.ContainsTextOptions().setTimeout(30000));
				for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
					this.visitor.asAdmin(look, (other) -> {
						other.navigate("/");
						EveryPageBrowserTests.inspect(other, "overview-host-key", look);
						other.navigate("/nodes/moved/host-keys");
						EveryPageBrowserTests.inspect(other, "node-host-key-changed", look);
					});
				}
				page.locator(".lk-needs").getByText("Compare and accept").click();
				assertThat(page.locator("[role=alert]")).containsText("None of the pinned host keys is shown");
				page.locator("input[name=acceptHostKey]").first().check();
				page.click("main form button[type=submit]");
				assertThat(page.locator("h1")).containsText("moved");
				page.navigate("/");
				assertThat(page.locator("body")).not()
					.containsText("moved shows another host key",
							new LocatorAssertions.ContainsTextOptions().setTimeout(30000));
			});
		}
		finally {
			this.nodes.delete("moved");
		}
	}

}
