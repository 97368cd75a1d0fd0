package io.latchkey.inventory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.latchkey.DataTest;
import io.latchkey.SampleKeys;
import io.latchkey.core.Actor;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.CurrentActor;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who deletes a node and adds it again does not get round the admin who confirms another
 * host key.
 */
@DataTest
@RecordApplicationEvents
class FormerHostKeysDataTests {

	private static final String ADDRESS = "192.0.2.1";

	private final HostKey first = hostKey();

	private final HostKey other = hostKey();

	@Autowired
	Nodes nodes;

	@Autowired
	HostKeyPins pins;

	@Autowired
	NodeRepository repository;

	@Autowired
	NodeReader reader;

	@Autowired
	ClusterRepository clusters;

	@Autowired
	JumpNodes jumpNodes;

	@Autowired
	FormerHostKeyRepository former;

	@Autowired
	ApplicationEventPublisher publisher;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	ApplicationEvents events;

	/** The same address may be written in more than one way. */
	@ParameterizedTest
	@CsvSource({ "web1, 198.51.100.9, 22, web1, 192.0.2.7, 2222", "web1, 192.0.2.7, 22, web2, 192.0.2.7, 22",
			"web1, web1.example.org, 22, web2, WEB1.example.org., 22",
			"web1, 2001:db8::7, 22, web2, 2001:DB8:0::07, 22", "web1, 192.0.2.7, 22, web2, ::ffff:192.0.2.7, 22" })
	void anotherOfTheNameOrAtTheAddressIsForAnAdmin(String name, String address, int port, String again,
			String addressAgain, int portAgain) {
		pin(create(name, address, port), this.first);
		this.nodes.delete(name);
		Node back = create(again, addressAgain, portAgain);
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> this.pins.checkMayPin(back, List.of(this.other)));
		assertThatExceptionOfType(FormerHostKeysException.class).isThrownBy(() -> pin(back, this.other))
			.satisfies((ex) -> assertThat(ex.node()).isEqualTo(again))
			.satisfies((ex) -> assertThat(ex.former().name()).isEqualTo(name))
			.satisfies((ex) -> assertThat(ex.former().told()).isEqualTo(this.first.key().fingerprint().toString()));
		assertThat(this.nodes.get(again).hostKeys()).isEmpty();
		pin(back, this.first);
		assertThat(this.nodes.get(again).hostKeys()).containsExactly(this.first);
	}

	@Test
	void anAdminConfirmsItAndThatIsOnRecord() {
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.delete("web1");
		Node back = create("web1", ADDRESS, 22);
		pinsByAnAdmin().pin(back.id(), List.of(this.other));
		assertThat(this.nodes.get("web1").hostKeys()).containsExactly(this.other);
		assertThat(this.events.stream(HostKeysPinned.class).map(HostKeysPinned::occasion))
			.containsExactly(HostKeysPinned.Occasion.CONFIRMED, HostKeysPinned.Occasion.REPLACED);
		assertThat(this.events.stream(NodeRemoved.class).map(AuditableEvent::detail))
			.containsExactly(this.first.key().fingerprint().value());
		this.nodes.delete("web1");
		pin(create("web1", ADDRESS, 22), this.other);
	}

	@Test
	void whoWasThereBeforeANodeMovedIsKnown() {
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.put(draft("web1", "192.0.2.2", 22), null);
		Node follower = create("web2", ADDRESS, 22);
		assertThatExceptionOfType(FormerHostKeysException.class).isThrownBy(() -> pin(follower, this.other));
		this.nodes.put(draft("web1", "192.0.2.2", 2222), null);
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> pin(create("web3", "192.0.2.2", 22), this.other));
		pin(create("web4", "192.0.2.3", 22), this.other);
	}

	/** Known elsewhere first, it would be what nobody let it be there. */
	@Test
	void noneMovesToWhereAnotherWasKnown() {
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.delete("web1");
		Node elsewhere = create("web2", "192.0.2.2", 22);
		pin(elsewhere, this.other);
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> this.nodes.put(draft("web2", "::ffff:" + ADDRESS, 22), null))
			.satisfies((ex) -> assertThat(ex.former().name()).isEqualTo("web1"));
		this.nodes.put(draft("web2", "192.0.2.2", 2222), null);
		nodesByAnAdmin().put(draft("web2", ADDRESS, 22), null);
		assertThat(this.nodes.get("web2").route().address()).isEqualTo(ADDRESS);
		this.nodes.put(draft("web2", "192.0.2.4", 22), null);
		this.nodes.put(draft("web2", ADDRESS, 22), null);
		Node unknown = create("web4", "192.0.2.5", 22);
		this.nodes.put(draft("web4", "192.0.2.2", 22), null);
		assertThatExceptionOfType(FormerHostKeysException.class).isThrownBy(() -> pin(unknown, this.first));
	}

	@Test
	void theLastOnesCount() {
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.delete("web1");
		Node back = create("web1", ADDRESS, 22);
		pin(back, this.first);
		this.pins.renew(this.nodes.get("web1"), List.of(this.other));
		this.nodes.delete("web1");
		Node again = create("web1", ADDRESS, 22);
		assertThatExceptionOfType(FormerHostKeysException.class).isThrownBy(() -> pin(again, this.first));
		pin(again, this.other);
	}

	@Test
	void oneThatWasNeverKnownLeavesNothingBehind() {
		create("web1", ADDRESS, 22);
		this.nodes.delete("web1");
		pin(create("web1", ADDRESS, 22), this.other);
	}

	@Test
	void areForgottenAfterAYear() {
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.delete("web1");
		this.jdbc.sql("update former_host_keys set known_until = ?")
			.param(Instant.now().minusSeconds(366L * 24 * 3600).atOffset(ZoneOffset.UTC))
			.update();
		pin(create("web1", ADDRESS, 22), this.other);
	}

	@Test
	void areSoMany() {
		for (String name : List.of("old1", "old2")) {
			pin(create(name, name, 22), this.first);
			this.nodes.delete(name);
		}
		for (long left = 20_000 - 2; left > 0; left = 20_000 - count()) {
			this.jdbc.sql("""
					insert into former_host_keys (name, place, port, fingerprints, known_until)
					select 'more', 'more', port, fingerprints, known_until from former_host_keys
					fetch first %d rows only""".formatted(left)).update();
		}
		pin(create("web1", ADDRESS, 22), this.first);
		this.nodes.delete("web1");
		assertThat(count()).isEqualTo(20_000);
		assertThat(this.pins.former().others("old1", "none", 22, List.of(this.other))).isEmpty();
		assertThat(this.pins.former().others("old2", "none", 22, List.of(this.other))).hasSize(1);
		assertThat(this.pins.former().others("web1", "none", 22, List.of(this.other))).hasSize(1);
	}

	private long count() {
		return this.jdbc.sql("select count(*) from former_host_keys").query(Long.class).single();
	}

	private HostKeyPins pinsByAnAdmin() {
		CurrentActor admin = new CurrentActor() {

			@Override
			public Actor get() {
				return new Actor("admin", Actor.Via.WEB);
			}

			@Override
			public boolean mayAdminister() {
				return true;
			}

		};
		return new HostKeyPins(this.repository, this.reader, this.former, admin, this.publisher);
	}

	private Nodes nodesByAnAdmin() {
		NodeWriter writer = new NodeWriter(this.repository, this.reader, this.jumpNodes, pinsByAnAdmin(),
				this.publisher);
		return new Nodes(this.repository, this.reader, this.clusters, this.jumpNodes, writer);
	}

	private Node create(String name, String address, int port) {
		return this.nodes.create(draft(name, address, port));
	}

	private void pin(Node node, HostKey key) {
		this.pins.pin(node.id(), List.of(key));
	}

	private static NodeDraft draft(String name, String address, int port) {
		return new NodeDraft(name, address, port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of());
	}

	private static HostKey hostKey() {
		try {
			return new HostKey(PublicKey.parse(SampleKeys.ed25519()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
