package io.latchkey.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.latchkey.Patience;
import io.latchkey.core.InvalidInputException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.foreignkeys.Adoption;
import io.latchkey.foreignkeys.Adoptions;
import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.foreignkeys.UnwantedKey;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.removal.ExclusiveLook;
import io.latchkey.removal.ExclusiveLooks;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What stood on a node becomes somebody's, and exclusive mode changes nothing then.
 */
class ForeignKeysSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private ForeignKeys foreignKeys;

	@Autowired
	private Adoptions adoptions;

	@Autowired
	private Tolerations tolerations;

	@Autowired
	private UnwantedKeys unwantedKeys;

	@Autowired
	private ExclusiveLooks looks;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void emptyTheFiles() {
		forgetTheNodes();
		sshd().authorize("root");
		sshd().authorize("deploy");
	}

	@Test
	void adoptedKeysKeepWhatTheyHaveAndExclusiveModeChangesNothing() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "from=\"127.0.0.0/8\",command=\"echo hi\" ", "");
		String before = file("deploy");
		assertThat(found(key).places()).extracting(ForeignKey.Place::account).containsExactly("deploy", "root");

		ExclusiveLook look = this.looks.of(Set.of(node.id())).get(0);
		assertThat(look.fresh()).isTrue();
		assertThat(look.goes()).extracting(ExclusiveLook.Line::fingerprint)
			.contains(fingerprint(key), fingerprint(key));
		Adoption adoption = adoption(key, "adopted-" + node.name());
		Adoption.Outcome outcome = this.adoptions.adopt(adoption, null);

		assertThat(outcome.left()).isEmpty();
		assertThat(outcome.grants()).hasSize(2);
		check(node);
		assertThat(this.foreignKeys.list(ForeignKeyCount.Which.ALL, PageRequest.of(0, 500)))
			.noneMatch((each) -> each.key().fingerprint().equals(fingerprint(key)));
		assertThat(file("deploy")).isEqualTo(before);
		assertThat(this.looks.of(Set.of(node.id())).get(0).changesNothing()).isTrue();
		this.nodes.put(draft(node.name(), Mode.EXCLUSIVE), null);
		check(node);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.identities.get(adoption.identity()).keys()).hasSize(1);
	}

	@Test
	void aPlaceWhoseOptionsNoGrantCanSayStaysForeign() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "tunnel=\"0\" ", "restrict,pty ");
		Adoption adoption = adoption(key, "adopted-" + node.name());
		Adoption.Outcome outcome = this.adoptions.adopt(adoption, null);
		assertThat(outcome.grants()).hasSize(1);
		assertThat(outcome.left()).singleElement().satisfies((left) -> {
			assertThat(left.place().account()).isEqualTo("deploy");
			assertThat(left.why().arguments()).containsExactly("tunnel");
		});
		assertThat(this.adoptions.adopt(adoption, null).grants()).as("once more").isEmpty();
		assertThat(found(key).identity()).isEqualTo(adoption.identity());
	}

	@Test
	void aToleratedKeyNeedsNobodyUntilItsDate() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "", "");
		long before = foreignOn(node);
		this.tolerations.tolerate(Set.of(fingerprint(key)), this.clock.instant().plus(Duration.ofDays(1)),
				"the vendor");
		assertThat(foreignOn(node)).isEqualTo(before - 2);
		assertThat(found(key).toleration()).isNotNull();
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.tolerations.tolerate(Set.of(fingerprint(key)), this.clock.instant(), "the vendor"));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.tolerations
			.tolerate(Set.of(fingerprint(key)), this.clock.instant().plus(Duration.ofDays(1)), " "));
	}

	@Test
	void aKeyThatIsRemovedGoesFromWhereItWasShownAndCanBeRestored() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "from=\"127.0.0.0/8\" ", "");
		String before = file("deploy");
		RemovalPreview preview = refused(() -> this.unwantedKeys.remove(Set.of(fingerprint(key)), null));
		assertThat(preview.accounts()).extracting(RemovalPreview.AccountLoss::account)
			.containsExactly("deploy", "root");
		assertThat(file("deploy")).isEqualTo(before);

		this.unwantedKeys.remove(Set.of(fingerprint(key)), preview.digest());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(file("deploy")).isEqualTo(before.replace("from=\"127.0.0.0/8\" " + key.publicKey() + "\n", ""));
		assertThat(file("root")).doesNotContain(key.publicKey()).contains(" latchkey");
		assertThat(ssh().letsIn("root", key)).isFalse();
		assertThat(this.unwantedKeys.open()).isEmpty();
		assertThat(this.jdbc.sql("select detail from audit_record where action = 'key.gone' and subject = :key")
			.param("key", "key:" + key.fingerprint())
			.query(String.class)
			.list())
			.containsExactlyInAnyOrder("from %s deploy".formatted(node.name()), "from %s root".formatted(node.name()));

		RemovedLine line = this.removedLines.list(node.id(), key.fingerprint(), PageRequest.of(0, 10))
			.stream()
			.filter((each) -> each.account().equals("deploy"))
			.findFirst()
			.orElseThrow();
		this.removedLines.restore(node.name(), line.id());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(file("deploy")).contains("from=\"127.0.0.0/8\" " + key.publicKey());
	}

	@Test
	void aKeyStaysUnwantedUntilItWasSeenGone() {
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("root", key.publicKey());
		Node node = enrolledNode(Mode.OBSERVE);
		check(node);
		RemovalPreview preview = refused(() -> this.unwantedKeys.remove(Set.of(fingerprint(key)), null));
		assertThat(this.unwantedKeys.observedWith(Set.of(fingerprint(key)))).containsExactly(node.name());
		this.unwantedKeys.remove(Set.of(fingerprint(key)), preview.digest());
		check(node);
		assertThat(file("root")).contains(key.publicKey());
		assertThat(standing()).containsExactly(UnwantedKey.Standing.OBSERVED);

		sshd().stop();
		this.nodes.put(draft(node.name(), Mode.ADDITIVE), null);
		check(node);
		assertThat(standing()).containsExactly(UnwantedKey.Standing.AWAY);
		sshd().start();
		check(node);
		until(() -> this.unwantedKeys.open().isEmpty());
		assertThat(file("root")).doesNotContain(key.publicKey());
	}

	@Test
	void whatIsCalledOffStays() {
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("root", key.publicKey());
		Node node = enrolledNode(Mode.OBSERVE);
		check(node);
		String digest = refused(() -> this.unwantedKeys.remove(Set.of(fingerprint(key)), null)).digest();
		this.unwantedKeys.remove(Set.of(fingerprint(key)), digest);
		this.unwantedKeys.callOff(Set.of(fingerprint(key)));
		switchTo(node, Mode.ADDITIVE);
		check(node);
		assertThat(file("root")).contains(key.publicKey());
	}

	@Test
	void aToleratedKeyStandsOnAnExclusiveNodeUntilItsDateOrItsEnd() {
		SshKeyPair forLong = SshKeys.generate();
		SshKeyPair forShort = SshKeys.generate();
		sshd().authorize("root", forLong.publicKey() + " vendor", forShort.publicKey() + " visitor");
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		this.tolerations.tolerate(Set.of(fingerprint(forLong)), this.clock.instant().plus(Duration.ofDays(1)),
				"vendor");
		Instant end = this.clock.instant().plus(Patience.of(Duration.ofSeconds(6)));
		this.tolerations.tolerate(Set.of(fingerprint(forShort)), end, "visitor");
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(file("root")).contains(forLong.publicKey(), forShort.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		until(() -> !file("root").contains(forShort.publicKey()));
		assertThat(this.clock.instant()).isAfterOrEqualTo(end);
		assertThat(ssh().letsIn("root", forLong)).isTrue();

		String digest = refused(() -> this.tolerations.end(Set.of(fingerprint(forLong)), null)).digest();
		assertThat(file("root")).contains(forLong.publicKey());
		this.tolerations.end(Set.of(fingerprint(forLong)), digest);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(file("root")).doesNotContain(forLong.publicKey());
	}

	@Test
	void aTolerationThatEndsWhereNothingGoesAsksNothing() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "", "");
		long before = foreignOn(node);
		this.tolerations.tolerate(Set.of(fingerprint(key)), this.clock.instant().plus(Duration.ofDays(1)), "known");
		this.tolerations.end(Set.of(fingerprint(key)), null);
		assertThat(foreignOn(node)).isEqualTo(before);
		assertThat(found(key).toleration()).isNull();
	}

	private List<UnwantedKey.Standing> standing() {
		return this.unwantedKeys.open().stream().map(UnwantedKey::standing).toList();
	}

	private static RemovalPreview refused(Runnable change) {
		AtomicReference<RemovalPreview> preview = new AtomicReference<>();
		assertThatExceptionOfType(ConfirmationNeededException.class).isThrownBy(change::run)
			.satisfies((ex) -> preview.set(ex.preview()));
		return preview.get();
	}

	@Test
	void aKeyThatIsForeignNowhereIsNotAdopted() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.adoptions.adopt(adoption(SshKeys.generate(), "nobody-at-all"), null));
		assertThat(this.identities.find("nobody-at-all")).isEmpty();
	}

	private long foreignOn(Node node) {
		return this.nodeStates.foreignCounts().getOrDefault(node.id(), 0L);
	}

	private Node nodeWith(SshKeyPair key, String ofDeploy, String ofRoot) {
		sshd().authorize("root", ofRoot + key.publicKey());
		sshd().authorize("deploy", ofDeploy + key.publicKey());
		Node node = enrolledNode(Mode.ADDITIVE);
		settled(grant(identityWith(SshKeys.generate()), node, "deploy", null));
		check(node);
		return node;
	}

	private static Adoption adoption(SshKeyPair key, String identity) {
		return new Adoption(Set.of(fingerprint(key)), identity, IdentityKind.SERVICE, "found there");
	}

	private ForeignKey found(SshKeyPair key) {
		return this.foreignKeys.list(ForeignKeyCount.Which.ALL, PageRequest.of(0, 500))
			.stream()
			.filter((each) -> each.key().fingerprint().equals(fingerprint(key)))
			.findFirst()
			.orElseThrow();
	}

	private static Fingerprint fingerprint(SshKeyPair key) {
		return Fingerprint.parse(key.fingerprint());
	}

}
