package io.latchkey.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.delivery.Deliveries;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.openssh.AuthorizedKeysFile;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of a node that has not gone well, and the boxes that change what is done to
 * one.
 */
@BrowserTest
class NodeBrowserTests {

	@Autowired
	private NodeStates nodeStates;

	@Autowired
	private Visitor visitor;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Identities identities;

	@Autowired
	private Grants grants;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void showsWhatBecomesOfTheChosenNodesBeforeTheirModeIsChanged() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes?q=rnmcluster02-node01");
			EveryPageBrowserTests.inspectInEveryLook(page, "nodes-chosen");
			page.check("input[name=node][value=rnmcluster02-node01]");
			page.selectOption("main select[name=mode]", "EXCLUSIVE");
			page.click("text=Change the mode of the chosen ones");
			assertThat(page.locator("main h1")).hasText("Change 1 node to Exclusive?");
			EveryPageBrowserTests.inspectInEveryLook(page, "nodes-mode");
		});
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/nodes?q=rnmcluster02-node01");
			page.check("input[name=node][value=rnmcluster02-node01]");
			page.selectOption("main select[name=mode]", "OBSERVE");
			page.click("text=Change the mode of the chosen ones");
			page.click("main button.btn-primary");
			assertThat(page.getByText("1 node has another mode now.")).isVisible();
		});
		assertThat(this.nodes.get("rnmcluster02-node01").management().mode()).isEqualTo(Mode.OBSERVE);
		this.nodes.changeMode("rnmcluster02-node01", Mode.ADDITIVE);
	}

	@Test
	void keepsTheLegacyBoxThroughAMistake() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/add/node");
			page.fill("#name", "nb-old");
			page.fill("#address", "192.0.2.8");
			page.fill("#port", "0");
			page.check("text=Allow legacy algorithms");
			page.click("main button[type=submit]");
			assertThat(page.locator("#port-error")).isVisible();
			assertThat(page.locator("#legacyAlgorithms")).isChecked();
			page.fill("#port", "22");
			page.click("main button[type=submit]");
			page.waitForURL("**/nodes/nb-old/enrol");
		});
		assertThat(this.nodes.get("nb-old").route().legacyAlgorithms()).isTrue();
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/nodes/nb-old/edit");
			page.uncheck("#legacyAlgorithms");
			page.click("main button[type=submit]");
			page.waitForURL("**/nodes/nb-old");
		});
		assertThat(this.nodes.get("nb-old").route().legacyAlgorithms()).isFalse();
	}

	@Test
	void showsWhereTheTimeOfARunWentAndHowItsLoginWent() {
		NodeId node = node("nb-runs");
		run(node, "REFUSED", "Kept out.", 3_945_000L, null, "kex: server: curve25519-sha256," + "x".repeat(300));
		run(node, "CHANGED", null, 45_000L, 690_000L, null);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/nb-runs");
			page.click("#runs");
			Locator runs = page.locator(".lk-run");
			assertThat(runs).hasCount(2);
			for (Locator run : runs.all()) {
				run.locator("summary").click();
			}
			assertThat(runs.nth(0).locator("li"))
				.hasText(new String[] { "Waiting for its turn2 ms", "Connecting3 ms", "Key exchange71 ms",
						"Logging in45 ms", "Looking20 ms", "Reading, writing11 ms", "Confirming690 ms" });
			assertThat(runs.nth(1).locator("li")).hasCount(4);
			assertThat(runs.nth(1).locator("pre")).containsText("kex: server: curve25519-sha256");
			assertThat(barsOf(runs.nth(0))).hasSize(7).doesNotContain(0.0);
			EveryPageBrowserTests.inspectInEveryLook(page, "node-runs");
		});
	}

	@Test
	void showsAForeignLineOnAPhone() {
		NodeId node = node("nb-foreign");
		String line = SampleKeys.ed25519() + " by-hand@somewhere";
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, is_line, grant_ids, options, origin, status)
				values (:node, 'deploy', 0, :line, '', '', 'FOREIGN', 'EXTRA')""")
			.param("node", node.value())
			.param("line", line)
			.update();
		for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/nodes/nb-foreign");
				assertThat(page.getByText("by-hand@somewhere")).isVisible();
			});
		}
	}

	@Test
	void showsWhatWasSeenBeforeTheNodeRefusedAsPast() {
		NodeId node = node("nb-past");
		this.identities.create(new IdentityDraft("nb-past-person", IdentityKind.PERSON, null, null));
		this.identities.addKey("nb-past-person", SampleKeys.ed25519(), null, null);
		long grant = this.grants
			.issue(new GrantDraft(Subject.parse("identity:nb-past-person"), Target.parse("node:nb-past"), "deploy",
					null, null, null, null, GrantOptions.NONE))
			.id()
			.value();
		settle(node);
		this.jdbc.sql("update grant_delivery set state = 'IN_PLACE' where grant_id = ?").param(grant).update();
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '/f', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, should_be, is_line, grant_ids, options, origin,
				status) values (:node, 'deploy', 0, :line, :line, '', '', 'LATCHKEY', 'IN_PLACE')""")
			.param("node", node.value())
			.param("line", SampleKeys.ed25519() + " ann@desk")
			.update();
		this.jdbc.sql("""
				update node_state set state = 'REFUSED', attempted_generation = wanted_generation,
				last_checked_at = current_timestamp, missed_since = current_timestamp where node_id = :node""")
			.param("node", node.value())
			.update();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/nb-past");
			Locator accounts = page.locator("section[aria-labelledby=accounts]");
			assertThat(accounts).containsText("could not be looked at since");
			assertThat(accounts.locator(".lk-state")).hasCount(2);
			assertThat(accounts.locator(".s-in-sync")).hasCount(0);
			EveryPageBrowserTests.inspectInEveryLook(page, "node-past");
			page.navigate("/grants/" + grant);
			Locator delivery = page.locator("section[aria-labelledby=delivery]");
			assertThat(delivery).containsText("0 of 1");
			assertThat(delivery.locator("tbody .s-unreachable")).hasText("In place when last seen");
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-past");
		});
	}

	@Test
	void asksWhetherAMistypedAccountIsMadeLater() {
		NodeId node = node("nb-mistyped");
		this.identities.create(new IdentityDraft("nb-typist", IdentityKind.PERSON, null, null));
		this.identities.addKey("nb-typist", SampleKeys.ed25519(), null, null);
		settle(node);
		this.jdbc.sql("""
				update node_state set state = 'IN_SYNC', attempted_generation = wanted_generation,
				last_checked_at = current_timestamp where node_id = :node""").param("node", node.value()).update();
		this.jdbc.sql("insert into account_names (node_id, names) values (:node, :names)")
			.param("node", node.value())
			.param("names", "\nroot\ndeploy\n")
			.update();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/new?subject=nb-typist&target=nb-mistyped");
			page.fill("#account", "deplyo");
			assertThat(page.locator("#preview")).containsText("There is no account deplyo on: nb-mistyped");
			assertThat(page.locator("#preview")).containsText("No line comes");
			page.click("#grant-form button[type=submit]");
			assertThat(page.locator("#account-error")).containsText("There is: deploy");
			assertThat(page.getByText("The account is made later")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "grant-new-mistyped");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/grants/new?subject=nb-typist&target=nb-mistyped");
			page.fill("#account", "deplyo");
			page.click("#grant-form button[type=submit]");
			page.getByText("The account is made later").click();
			page.click("#grant-form button[type=submit]");
			page.waitForURL((url) -> url.matches(".*/grants/[0-9]+"));
		});
	}

	@Test
	void adoptsAForeignKey() {
		NodeId node = node("nb-inbox");
		String line = "no-pty " + SampleKeys.ed25519() + " by-hand@somewhere";
		String fingerprint = AuthorizedKeysFile.Line.of(line)
			.key()
			.map((key) -> key.fingerprint().value())
			.orElseThrow();
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options, origin,
				status) values (:node, 'deploy', 0, :fingerprint, :line, '', 'no-pty', 'FOREIGN', 'EXTRA')""")
			.param("node", node.value())
			.param("fingerprint", fingerprint)
			.param("line", line)
			.update();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/foreign-keys");
			assertThat(page.getByText("by-hand@somewhere").first()).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "foreign-keys-some");
			page.locator("input[name=fingerprint][value='" + fingerprint + "']").check();
			page.getByText("Remove…").click();
			EveryPageBrowserTests.inspectInEveryLook(page, "foreign-keys-remove");
		});
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/foreign-keys");
			page.fill("#identity", "nb-vendor");
			page.click("main button:has-text('Adopt')");
			assertThat(page.locator("#fingerprint-error")).containsText("at least one key");
			page.check("input[value='" + fingerprint + "']");
			page.click("main button:has-text('Adopt')");
			assertThat(page.locator("[role=status]")).containsText("cannot say no-pty");
		});
		assertThat(this.identities.get("nb-vendor").keys()).hasSize(1);
	}

	@Test
	void saysWhatToExpectOfALogin() {
		String account = this.nodes.get("rnmcluster02-node01").management().account();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rnmcluster02-node01/accounts/" + account + "/test-login");
			page.click("main button[type=submit]");
			assertThat(page.locator("#ssh-command")).containsText(account + "@");
			assertThat(page.locator("main tbody tr").first()).containsText("Accepted");
			EveryPageBrowserTests.inspectInEveryLook(page, "test-login-result");
		});
	}

	@Test
	void saysWhySomebodyCannotGetIn() throws IOException {
		NodeId node = this.nodes.get("rnmcluster02-node01").id();
		Path file = this.nodeStates.accounts(node)
			.stream()
			.filter((account) -> account.account().equals("deploy"))
			.map((account) -> Path.of(account.file()))
			.findFirst()
			.orElseThrow();
		this.identities.create(new IdentityDraft("nb-keyless", IdentityKind.PERSON, null, null));
		Files.writeString(file, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIbroken alice@cut\n", StandardOpenOption.APPEND);
		try {
			this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
				page.navigate("/doctor?node=rnmcluster02-node01&account=deploy&identity=nb-keyless");
				page.click("main button[type=submit]");
				assertThat(page.locator("h1")).containsText("nb-keyless");
				assertThat(page.locator("[role=status] strong")).containsText("has no key");
				assertThat(page.locator(".lk-causes")).containsText(file + ":");
				EveryPageBrowserTests.inspectInEveryLook(page, "doctor-result");
				page.navigate("/doctor?node=rnmcluster02-node01");
				page.click("main button[type=submit]");
				assertThat(page.locator(".lk-causes h3").first()).containsText("deploy");
				EveryPageBrowserTests.inspectInEveryLook(page, "doctor-node");
			});
		}
		finally {
			List<String> lines = Files.readAllLines(file);
			Files.write(file, lines.subList(0, lines.size() - 1));
		}
	}

	@Test
	void saysThatANodeLeavesAndKeepsIt() {
		NodeId node = node("nb-leaves");
		this.nodes.markEnrolled(node);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/nb-leaves/delete");
			assertThat(page.locator("#cleanup")).isChecked();
			EveryPageBrowserTests.inspect(page, "node-delete-clean", Look.DESK_LIGHT);
		});
		this.jdbc.sql("insert into leaving (node_id, asked_at) values (:node, current_timestamp)")
			.param("node", node.value())
			.update();
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/nb-leaves");
			assertThat(page.getByText("It leaves")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "node-leaves");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/nb-leaves");
			page.click("text=Keep it");
			assertThat(page.getByText("It leaves")).hasCount(0);
		});
	}

	@Test
	void asksWhetherLiveSessionsAreEnded() {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/identities/bob/suspend");
			assertThat(page.locator("#endSessions")).not().isChecked();
			page.check("text=End the sessions that are open");
			assertThat(page.locator("#endSessions")).isChecked();
			EveryPageBrowserTests.inspectInEveryLook(page, "identity-suspend-sessions");
		});
	}

	/** The widths that the browser gives to the parts of the time. */
	private static List<Double> barsOf(Locator run) {
		return run.locator("rect:not(.track)").all().stream().map((bar) -> bar.boundingBox().width).toList();
	}

	private void run(NodeId node, String outcome, String detail, long authentication, Long confirm, String log) {
		boolean letIn = confirm != null;
		this.jdbc.sql("""
				insert into reconcile_run (node_id, started_at, duration_millis, run_trigger, outcome, added, removed,
				detail, queued_micros, kept_session, connect_micros, key_exchange_micros, authentication_micros,
				observe_micros, apply_micros, confirm_micros, handshake_log)
				values (:node, current_timestamp, 4021, 'RETRY', :outcome, '', '', :detail, 2000, false, 3000, 71000,
				:authentication, :observe, :apply, :confirm, :log)""")
			.param("node", node.value())
			.param("outcome", outcome)
			.param("detail", detail)
			.param("authentication", authentication)
			.param("observe", letIn ? 20_000L : null)
			.param("apply", letIn ? 11_000L : null)
			.param("confirm", confirm)
			.param("log", log)
			.update();
	}

	/** No run says something else of it from now on. */
	private void settle(NodeId node) {
		this.deliveries.awaitSettled(List.of(node), Patience.of(Duration.ofSeconds(30)));
	}

	private NodeId node(String name) {
		return this.nodes.create(new NodeDraft(name, "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

}
