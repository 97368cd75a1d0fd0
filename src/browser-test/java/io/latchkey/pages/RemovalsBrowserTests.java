package io.latchkey.pages;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.SampleKeys;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What is shown before much access goes, and the list of what exclusive mode took off.
 */
@BrowserTest
class RemovalsBrowserTests {

	@Autowired
	private Visitor visitor;

	@Autowired
	private People people;

	@Autowired
	private Nodes nodes;

	@Autowired
	private HostKeyPins pins;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Teams teams;

	@Autowired
	private Grants grants;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void showsWhatGoesBeforeATeamIsDeleted() throws Exception {
		this.people.add("rm-ada");
		this.people.add("rm-bo");
		this.teams.create("rm-team", null, List.of("rm-ada", "rm-bo"));
		this.clusters.create("rm-cluster", null, List.of());
		for (int i = 1; i <= 12; i++) {
			NodeId node = node("rm-node" + i);
			this.pins.pin(node, List.of(new HostKey(PublicKey.parse(SampleKeys.ed25519()))));
			this.nodes.markEnrolled(node);
			this.clusters.addNode("rm-cluster", "rm-node" + i);
		}
		this.grants.issue(new GrantDraft(Subject.parse("team:rm-team"), Target.parse("cluster:rm-cluster"), "deploy",
				null, null, null, null, GrantOptions.NONE));
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/teams/rm-team/delete");
			page.fill("#confirm", "rm-team");
			page.click("main button[type=submit]");
			assertThat(page.locator("#losses")).hasText("Takes 24 lines off 12 nodes");
			assertThat(page.getByText("and 4 more")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "team-delete-losses");
		});
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/teams/rm-team/delete");
			page.fill("#confirm", "rm-team");
			page.click("main button[type=submit]");
			page.click("main button[type=submit]");
			page.waitForURL("**/teams");
			assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("rm-team"))).hasCount(0);
		});
	}

	@Test
	void showsWhatGoesBeforeANodeBecomesExclusive() {
		NodeId node = node("rm-exclusive");
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		for (int i = 0; i < 3; i++) {
			this.jdbc.sql("""
					insert into account_entry (node_id, account, position, is_line, grant_ids, options, origin, status)
					values (:node, 'deploy', :position, :line, '', '', 'FOREIGN', 'EXTRA')""")
				.param("node", node.value())
				.param("position", i)
				.param("line", SampleKeys.ed25519() + " by-hand-" + i)
				.update();
		}
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rm-exclusive/edit");
			page.selectOption("#mode", "EXCLUSIVE");
			page.click("main button[type=submit]");
			assertThat(page.locator("#losses")).hasText("Takes 3 lines off 1 node");
			EveryPageBrowserTests.inspectInEveryLook(page, "node-edit-losses");
		});
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rm-exclusive/edit");
			page.selectOption("#mode", "EXCLUSIVE");
			page.click("main button[type=submit]");
			page.click("text=Save, and take off 3 lines");
			page.waitForURL("**/nodes/rm-exclusive");
			assertThat(page.getByText("Exclusive").first()).isVisible();
		});
	}

	@Test
	void listsAndRestoresRemovedLines() {
		NodeId few = node("rm-few");
		NodeId many = node("rm-many");
		remove(few, 3);
		remove(many, 1000);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/nodes/rm-few/removed-lines");
			EveryPageBrowserTests.inspectInEveryLook(page, "node-removed-3");
			page.navigate("/nodes/rm-many/removed-lines");
			assertThat(page.locator("tbody tr")).hasCount(50);
			EveryPageBrowserTests.inspectInEveryLook(page, "node-removed-1000");
			page.navigate("/nodes/rm-many");
			assertThat(page.getByText("All 1,000 removed lines")).isVisible();
			EveryPageBrowserTests.inspectInEveryLook(page, "node-with-removed");
		});
		this.visitor.asAdminWithoutScripts((page) -> {
			page.navigate("/nodes/rm-many/removed-lines");
			page.fill("#filter-q", "line-777");
			page.click("main form[method=get] button");
			assertThat(page.locator("tbody tr")).hasCount(1);
			page.click("tbody form button");
			assertThat(page.getByText("Kept: restored by admin")).isVisible();
		});
		for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
			this.visitor.asAdmin(look, (page) -> {
				page.navigate("/nodes/rm-many/removed-lines?q=line-777");
				EveryPageBrowserTests.inspect(page, "node-removed-restored", look);
			});
		}
	}

	private void remove(NodeId node, int lines) {
		OffsetDateTime at = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
		for (int i = 0; i < lines; i++) {
			String line = SampleKeys.ed25519() + " line-" + i + "@workstation.example.org";
			this.jdbc.sql("""
					insert into removed_line (node_id, account, line, bytes, fingerprint, removed_at)
					values (:node, 'deploy', :line, :bytes, :fingerprint, :at)""")
				.param("node", node.value())
				.param("line", line)
				.param("bytes", Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)))
				.param("fingerprint", "SHA256:" + "%04d".formatted(i) + "A".repeat(39))
				.param("at", at.plusMinutes(i))
				.update();
		}
	}

	private NodeId node(String name) {
		return this.nodes.create(new NodeDraft(name, "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

}
