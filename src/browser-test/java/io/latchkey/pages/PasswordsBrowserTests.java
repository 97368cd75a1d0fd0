package io.latchkey.pages;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import io.latchkey.RequiresProgram;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What would follow without passwords, on a node and on a cluster. */
@BrowserTest
class PasswordsBrowserTests {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private static final String NODE = "/nodes/rnmcluster02-node01";

	private static final String CLUSTER = "/clusters/rnmcluster02";

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Enrolments enrolments;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void arePlainInEveryLook() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			inspect(page, "node-passwords", NODE + "/passwords");
			inspect(page, "cluster-passwords", CLUSTER + "/passwords");
			inspect(page, "node-with-passwords", NODE);
			inspect(page, "cluster-with-passwords", CLUSTER);
		});
	}

	@Test
	@RequiresProgram("sshd")
	void switchesOffAndBack() {
		SshdNode sshd = SSHD.first();
		Node node = this.nodes.create(new NodeDraft("passworded", sshd.address(), sshd.port(), "root", Privilege.ROOT,
				Mode.ADDITIVE, Map.of()));
		this.clusters.create("passworded", null, List.of("passworded"));
		try {
			this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd.password().toCharArray()), null,
					Fingerprint.parse(sshd.hostKeyFingerprints().get(0))));
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				inspect(page, "node-passwords-on", "/nodes/passworded/passwords");
				inspect(page, "cluster-passwords-on", "/clusters/passworded/passwords");
			});
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				page.navigate("/nodes/passworded/passwords");
				page.check("input[name=console]");
				page.click("button.lk-danger");
				assertThat(page.locator("main [role=status]").first()).containsText("Passwords are off on passworded");
				EveryPageBrowserTests.inspect(page, "node-passwords-off", Look.DESK_LIGHT);
				page.navigate("/nodes/passworded");
				assertThat(page.locator("section[aria-labelledby=passwords]")).containsText("Switched off by Latchkey");
				page.navigate("/clusters/passworded/passwords");
				page.click("button[value=AS_CONFIGURED]");
				assertThat(page.locator("section[aria-labelledby=changes]")).containsText("Done");
				EveryPageBrowserTests.inspect(page, "cluster-passwords-changed", Look.DESK_LIGHT);
			});
			this.jdbc.sql("update password_round_node set outcome = 'WAITING', state = null").update();
			this.jdbc.sql("update password_login set detail = :drift where passwords = 'AS_CONFIGURED'")
				.param("drift",
						"Latchkey’s lines stand in /etc/ssh/sshd_config although nothing was decided, as far as it is on record. "
								+ "Switch passwords off, or take the lines away.")
				.update();
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				inspect(page, "cluster-passwords-broken", "/clusters/passworded/passwords/progress");
				inspect(page, "node-passwords-drifted", "/nodes/passworded");
				inspect(page, "overview-passwords-drifted", "/overview");
			});
		}
		finally {
			this.clusters.delete("passworded");
			this.nodes.delete("passworded");
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

	private static void inspect(Page page, String name, String path) {
		page.navigate(path);
		EveryPageBrowserTests.inspectInEveryLook(page, name);
	}

}
