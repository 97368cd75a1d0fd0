package io.latchkey.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.SampleKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The questions that show what would go: where it is nothing, a little and very much. A
 * thousand rows in every look with {@code -Dlatchkey.test.screenshots=true}, fewer else.
 */
@BrowserTest
class ConfirmationsBrowserTests {

	private static final boolean PICTURES = Boolean.getBoolean("latchkey.test.screenshots");

	private static final int MANY = PICTURES ? 1000 : 25;

	private static final int MOST_CHOSEN = 100;

	@Autowired
	private Visitor visitor;

	@Autowired
	private Identities identities;

	@Autowired
	private Teams teams;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Grants grants;

	@Autowired
	private JdbcClient jdbc;

	static List<Integer> counts() {
		return PICTURES ? List.of(0, 3, MANY) : List.of(0, MANY);
	}

	@ParameterizedTest
	@MethodSource("counts")
	void areAccessibleWhateverTheirLength(int count) throws Exception {
		String person = "crowd-ann-" + count;
		String team = "crowd-team-" + count;
		String cluster = "crowd-" + count;
		this.identities.create(new IdentityDraft(person, IdentityKind.PERSON, null, null));
		this.identities.addKey(person, SampleKeys.ed25519(), null, null);
		this.teams.create(team, null, List.of(person));
		List<String> names = nodes(cluster, count);
		this.clusters.create(cluster, null, names);
		Grant own = issue("identity:" + person, "cluster:" + cluster, "deploy");
		issue("team:" + team, "cluster:" + cluster, "deploy");
		List<Grant> chosen = new ArrayList<>(List.of(own));
		for (int grant = 1; grant < Math.min(count, MOST_CHOSEN); grant++) {
			// behind those that other tests look for among the first
			chosen.add(issue("identity:" + person, "cluster:" + cluster, "zz-account" + grant));
		}
		String ids = chosen.stream().map((grant) -> "grant=" + grant.id().value()).collect(Collectors.joining("&"));
		try {
			inspect("confirm-cluster-delete-" + count, "/clusters/" + cluster + "/delete");
			inspect("confirm-team-delete-" + count, "/teams/" + team + "/delete");
			inspect("confirm-revoke-chosen-" + count, "/grants/revoke?" + ids);
			inspect("confirm-extend-chosen-" + count, "/grants/extend?" + ids);
			inspect("confirm-every-way-" + count, "/grants/" + own.id().value() + "/close-every-way");
			this.nodes.markEnrolled(this.nodes.create(draft("crowd-node-" + count, 1)).id());
			foreignLines("crowd-node-" + count, count);
			inspect("confirm-exclusive-" + count, "/nodes/crowd-node-" + count + "/edit");
		}
		finally {
			this.teams.delete(team);
			this.clusters.delete(cluster);
			this.identities.delete(person);
			names.forEach(this.nodes::delete);
			this.nodes.delete("crowd-node-" + count);
		}
	}

	private void inspect(String name, String path) {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
			EveryPageBrowserTests.inspectInEveryLook(page, name);
		});
	}

	private List<String> nodes(String cluster, int count) {
		List<String> names = new ArrayList<>();
		for (int node = 0; node < count; node++) {
			names.add(this.nodes.create(draft("%s-node%04d".formatted(cluster, node), 1024 + node)).name());
		}
		return names;
	}

	private static NodeDraft draft(String name, int port) {
		return new NodeDraft(name, "192.0.2.1", port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of());
	}

	private Grant issue(String subject, String target, String account) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), account, null,
				java.time.Duration.ofDays(1), null, null, GrantOptions.NONE));
	}

	private void foreignLines(String node, int count) throws Exception {
		long id = this.nodes.idOf(node).value();
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", id)
			.update();
		String key = SampleKeys.ed25519();
		for (int position = 0; position < count; position++) {
			this.jdbc
				.sql("""
						insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options,
						origin, status) values (:node, 'deploy', :position, :fingerprint, :line, '', '', 'FOREIGN', 'EXTRA')""")
				.param("node", id)
				.param("position", position)
				.param("fingerprint", PublicKey.parse(key).fingerprint().value())
				.param("line", key + " someone-" + position + "@elsewhere")
				.update();
		}
	}

}
