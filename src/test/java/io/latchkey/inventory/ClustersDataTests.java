package io.latchkey.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.DataTest;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@RecordApplicationEvents
class ClustersDataTests {

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	ApplicationEvents events;

	NodeId web1;

	NodeId web2;

	@BeforeEach
	void servers() {
		this.web1 = create("web1");
		this.web2 = create("web2");
	}

	@Test
	void keepsItsNodesByName() {
		this.clusters.create("prod", "Production", List.of("web2", "web1"));
		Cluster prod = this.clusters.get("prod");
		assertThat(prod.displayName()).isEqualTo("Production");
		assertThat(prod.nodes()).containsExactly("web1", "web2");
		assertThat(published()).containsExactly("cluster.created cluster:prod ",
				"cluster.node-added cluster:prod node:web1", "cluster.node-added cluster:prod node:web2");
	}

	@Test
	void namesEachNodeThatIsNotThere() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.clusters.create("prod", null, List.of("web1", "db1")))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("nodes", "node.unknown", "db1")));
	}

	@Test
	void refusesANameInUse() {
		this.clusters.create("prod", null, List.of());
		assertThatExceptionOfType(NameInUseException.class)
			.isThrownBy(() -> this.clusters.create("prod", null, List.of()));
	}

	@Test
	void puttingMakesTheNodesWhatTheyShouldBe() {
		this.clusters.put("prod", null, List.of("web1"), null);
		Cluster prod = this.clusters.put("prod", null, List.of("web2"), null).value();
		assertThat(prod.nodes()).containsExactly("web2");
		assertThat(this.events.stream(ClusterNodeRemoved.class))
			.containsExactly(new ClusterNodeRemoved(prod.id(), "prod", this.web1, "web1"));
		assertThat(this.clusters.put("prod", null, List.of("web2"), prod.version()).value()).isEqualTo(prod);
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.clusters.put("prod", "Other", List.of("web2"), prod.version() - 1));
	}

	@Test
	void nodesComeAndGoOnce() {
		long version = this.nodes.get("web1").version();
		this.clusters.create("prod", null, List.of());
		Cluster one = this.clusters.addNode("prod", "web1");
		assertThat(this.nodes.get("web1").version()).isEqualTo(version + 1);
		assertThat(this.clusters.addNode("prod", "web1")).isEqualTo(one);
		assertThat(this.clusters.removeNode("prod", "web1").nodes()).isEmpty();
		assertThat(this.clusters.removeNode("prod", "web1").nodes()).isEmpty();
		assertThat(this.clusters.removeNode("prod", "nothing").nodes()).isEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.clusters.addNode("prod", "nothing"));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.clusters.addNode("test", "web1"));
		assertThat(published()).hasSize(3);
	}

	@Test
	void deletingTellsWhatWasIn() {
		ClusterId prod = this.clusters.create("prod", null, List.of("web1", "web2")).id();
		this.clusters.delete("prod");
		this.clusters.delete("prod");
		assertThat(this.events.stream(ClusterDeleted.class))
			.containsExactly(new ClusterDeleted(prod, "prod", Set.of(this.web1, this.web2)));
		assertThat(this.nodes.get("web1").clusters()).isEmpty();
	}

	@Test
	void tellsWhatIsWhere() {
		ClusterId prod = this.clusters.create("prod", null, List.of("web1", "web2")).id();
		ClusterId test = this.clusters.create("test", null, List.of("web1")).id();
		ClusterId none = this.clusters.create("none", null, List.of()).id();
		assertThat(this.clusters.nodesOf(Set.of(prod, test, none)))
			.isEqualTo(Map.of(prod, Set.of(this.web1, this.web2), test, Set.of(this.web1)));
		assertThat(this.clusters.clustersOf(this.web1)).containsExactlyInAnyOrder(prod, test);
		assertThat(this.clusters.idOf("test")).isEqualTo(test);
		assertThat(this.clusters.namesOf(Set.of(prod))).isEqualTo(Map.of(prod, "prod"));
	}

	@Test
	void listsByName() {
		this.clusters.create("prod", "Production", List.of("web1"));
		this.clusters.create("dev", null, List.of());
		PageRequest page = PageRequest.of(0, 10);
		assertThat(this.clusters.list(null, page)).extracting(Cluster::name).containsExactly("dev", "prod");
		assertThat(this.clusters.list("product", page)).extracting(Cluster::nodes).containsExactly(List.of("web1"));
	}

	private NodeId create(String name) {
		return this.nodes.create(new NodeDraft(name, name, 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of())).id();
	}

	private List<String> published() {
		return this.events.stream(AuditableEvent.class)
			.filter((event) -> event.subject().startsWith("cluster:"))
			.map((event) -> event.action() + ' ' + event.subject() + ' ' + event.detail())
			.toList();
	}

}
