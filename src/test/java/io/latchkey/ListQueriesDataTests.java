package io.latchkey;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import jakarta.persistence.EntityManager;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** A list costs as many queries for 50 rows as for one. */
@DataTest
class ListQueriesDataTests {

	private static final PageRequest PAGE = PageRequest.of(0, 100);

	private static final int MANY = 50;

	@Autowired
	Identities identities;

	@Autowired
	HeldKeys heldKeys;

	@Autowired
	Teams teams;

	@Autowired
	Nodes nodes;

	@Autowired
	HostKeyPins pins;

	@Autowired
	Clusters clusters;

	@Autowired
	EntityManager entities;

	@Test
	void ofIdentities() {
		costsTheSame(this::addIdentity, () -> this.identities.list(null, PAGE).getNumberOfElements(), 3);
	}

	@Test
	void ofTeams() {
		costsTheSame(this::addIdentity, () -> this.teams.list(null, PAGE).getNumberOfElements(), 2);
	}

	@Test
	void ofNodes() {
		costsTheSame(this::addNode, () -> this.nodes.list(null, null, PAGE).getNumberOfElements(), 4);
	}

	@Test
	void ofClusters() {
		costsTheSame(this::addNode, () -> this.clusters.list(null, PAGE).getNumberOfElements(), 2);
	}

	@Test
	void ofKeys() {
		costsTheSame(this::addIdentity,
				() -> this.heldKeys.activeKeysOf(this.identities.idsByName(names("id", MANY)).values()).size(), 2);
	}

	private void costsTheSame(Addition addition, Reading reading, int queries) {
		addition.add(0);
		assertThat(queries(reading, 1)).isEqualTo(queries);
		IntStream.range(1, MANY).forEach(addition::add);
		assertThat(queries(reading, MANY)).isEqualTo(queries);
	}

	private long queries(Reading reading, int rows) {
		this.entities.flush();
		this.entities.clear();
		Statistics statistics = this.entities.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics();
		statistics.clear();
		assertThat(reading.rows()).isEqualTo(rows);
		return statistics.getPrepareStatementCount();
	}

	private void addIdentity(int index) {
		String name = "id" + index;
		this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		this.identities.addKey(name, SampleKeys.ed25519(), null, null);
		this.teams.create("team" + index, null, List.of(name));
	}

	private void addNode(int index) {
		String name = "node" + index;
		NodeId id = this.nodes
			.create(new NodeDraft(name, name, 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of("n", "" + index)))
			.id();
		this.pins.pin(id, List.of(hostKey()));
		this.clusters.create("cluster" + index, null, List.of(name));
	}

	private static HostKey hostKey() {
		try {
			return new HostKey(PublicKey.parse(SampleKeys.ed25519()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> names(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + i).toList();
	}

	/** Adds the row of that index. */
	private interface Addition {

		void add(int index);

	}

	/** Reads all rows and counts them. */
	private interface Reading {

		int rows();

	}

}
