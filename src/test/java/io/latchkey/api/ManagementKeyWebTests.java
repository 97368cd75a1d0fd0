package io.latchkey.api;

import java.util.List;
import java.util.Map;

import io.latchkey.api.ApiClient.Answer;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Latchkey's own key, and its rotation, as the API tells of them. */
@ApiTest
class ManagementKeyWebTests {

	private static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@Autowired
	private ApiClient api;

	@Autowired
	private Nodes nodes;

	@Autowired
	private HostKeyPins pins;

	/** A rotation takes in every enrolled node, also one that another test has left. */
	@BeforeEach
	void leaveNoEnrolledNode() {
		this.nodes.all(this.nodes.allIds()).stream().filter(Node::enrolled).map(Node::name).forEach(this.nodes::delete);
	}

	@Test
	void rotatesAndTellsWhoHasNotMoved() throws Exception {
		Node away = this.nodes
			.create(new NodeDraft("rotation-away", "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.pins.pin(away.id(), List.of(new HostKey(PublicKey.parse(HOST_KEY))));
		this.nodes.markEnrolled(away.id());
		String before = this.api.get("/management-key").text("/fingerprint");
		assertThat(this.api.get("/management-key").body().has("rotation")).isFalse();

		Answer started = this.api.post("/management-key/rotate", "");
		assertThat(started.status()).as(started.response().body()).isEqualTo(202);
		assertThat(started.text("/fingerprint")).isNotEqualTo(before);
		assertThat(started.text("/rotation/former")).isEqualTo(before);
		assertThat(started.text("/rotation/nodes/0/node")).isEqualTo("rotation-away");
		assertThat(started.body().at("/rotation/moved").intValue()).isZero();

		Answer again = this.api.post("/management-key/rotate", "");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("/problems/management-key-rotation-under-way");
		assertThat(this.api.get("/management-key").text("/fingerprint")).isEqualTo(started.text("/fingerprint"));

		this.nodes.delete("rotation-away");
		assertThat(this.api.get("/management-key").body().has("rotation")).isFalse();
		assertThat(this.api.get("/audit?action=management-key.rotated").text("/items/0/detail"))
			.isEqualTo(before + " to " + started.text("/fingerprint"));
	}

	@Test
	void isRotatedByAdministrators() {
		String token = this.api.post("/tokens", "{\"name\": \"rotation-operator\", \"role\": \"OPERATOR\"}")
			.text("/token");
		assertThat(this.api.post("/management-key/rotate", "", "Authorization", "Bearer " + token).status())
			.isEqualTo(403);
	}

}
