package io.latchkey.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.removal.GrantPreview;
import io.latchkey.removal.Previews;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An account that is known not to be there is not granted by mistake. */
class MistypedAccountsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Previews previews;

	@Autowired
	private Clusters clusters;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() {
		forgetTheNodes();
		sshd().runInside("sh", "-c", "umount /etc/nsswitch.conf 2>/dev/null; true");
		sshd().authorize("deploy");
	}

	@Test
	void oneIsRefusedWithTheNamesThatAreLikeIt() {
		Node node = lookedAt();
		GrantDraft draft = draft(node(node), "deplyo", false);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.grants.issue(draft))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(
					Fault.of("account", "grant.account.missing.near", "deplyo", node.name(), "deploy"),
					Fault.of("accountMayBeMissing", "grant.account.may-be-missing")));
		assertThat(this.previews.of(draft).nodes()).singleElement()
			.satisfies((change) -> assertThat(change.accountMissing()).isTrue());
		assertThat(this.previews.of(draft(node(node), "daemon", false)).nodes()).singleElement()
			.satisfies((change) -> assertThat(change.accountMissing()).isFalse());
		assertThat(this.grants.issue(draft(node(node), "deploy", false)).account()).isEqualTo("deploy");
	}

	@Test
	void oneThatIsMadeLaterIsGrantedWhereThatIsSaid() {
		Node node = lookedAt();
		Grant grant = this.grants.issue(draft(node(node), "maria-later", true));
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.FAILED));
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void aClusterIsRefusedOnlyWhereNoneOfItsNodesHasIt() {
		Node node = lookedAt();
		Node unknown = addedNode(Mode.ADDITIVE);
		String cluster = "cluster-of-" + node.name();
		this.clusters.create(cluster, null, List.of(node.name()));
		Target target = new Target(Target.Kind.CLUSTER, cluster);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.grants.issue(draft(target, "deplyo", false)));
		this.clusters.addNode(cluster, unknown.name());
		assertThat(this.previews.of(draft(target, "deplyo", false)).nodes())
			.filteredOn(GrantPreview.NodeChange::accountMissing)
			.extracting(GrantPreview.NodeChange::node)
			.containsExactly(node.name());
		assertThat(this.grants.issue(draft(target, "deplyo", false)).account()).isEqualTo("deplyo");
	}

	@Test
	void whatIsNotKnownAsAWholeOrNotFreshRefusesNothing() {
		Node node = lookedAt();
		GrantDraft draft = draft(node(node), "deplyo", false);
		this.jdbc.sql("update node_state set last_checked_at = :then where node_id = :node")
			.param("then", JdbcColumns.at(this.clock.instant().minus(Duration.ofHours(25))))
			.param("node", node.id().value())
			.update();
		assertThat(missing(draft)).as("long ago").isFalse();
		check(node);
		assertThat(missing(draft)).isTrue();
		assertThat(missing(draft(node(node), "CORP\\ann", false))).as("a name that nodes do not tell").isFalse();

		sshd().runInside("sh", "-c", """
				echo 'passwd: files sss' >/mnt/nsswitch && mount --bind /mnt/nsswitch /etc/nsswitch.conf""");
		check(node);
		assertThat(missing(draft)).as("a directory may have it").isFalse();
		sshd().runInside("umount", "/etc/nsswitch.conf");
		check(node);
		assertThat(missing(draft)).isTrue();

		this.jdbc.sql("update node_state set state = 'UNREACHABLE' where node_id = :node")
			.param("node", node.id().value())
			.update();
		assertThat(missing(draft)).as("out of reach").isFalse();
	}

	@Test
	void withTheRightsOfOneAccountNothingIsKnownOfTheOthers() {
		Node node = add(new NodeDraft("mistyped-own-alone", sshd().address(), sshd().port(), "deploy", Privilege.SELF,
				Mode.ADDITIVE, Map.of()));
		enrol(node);
		check(node);
		assertThat(this.jdbc.sql("select count(*) from account_names where node_id = :node")
			.param("node", node.id().value())
			.query(Long.class)
			.single()).isZero();
	}

	private boolean missing(GrantDraft draft) {
		return this.previews.of(draft).nodes().stream().allMatch(GrantPreview.NodeChange::accountMissing);
	}

	private Node lookedAt() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		return node;
	}

	private static Target node(Node node) {
		return new Target(Target.Kind.NODE, node.name());
	}

	private GrantDraft draft(Target target, String account, boolean mayBeMissing) {
		return new GrantDraft(new Subject(Subject.Kind.IDENTITY, identityWith(SshKeys.generate())), target, account,
				null, null, null, null, new GrantOptions(List.of(), null, false, Set.of(), Map.of(), false),
				mayBeMissing);
	}

}
