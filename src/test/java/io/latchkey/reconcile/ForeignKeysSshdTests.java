package io.latchkey.reconcile;

import java.time.Duration;
import java.util.Set;

import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Adoption;
import io.latchkey.enrolment.ForeignKey;
import io.latchkey.enrolment.ForeignKeys;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

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
	private Tolerations tolerations;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void emptyTheFiles() {
		sshd().authorize("root");
		sshd().authorize("deploy");
	}

	@Test
	void adoptedKeysKeepWhatTheyHaveAndExclusiveModeChangesNothing() {
		SshKeyPair key = SshKeys.generate();
		Node node = nodeWith(key, "from=\"127.0.0.0/8\",command=\"echo hi\" ", "");
		String before = file("deploy");
		assertThat(found(key).places()).extracting(ForeignKey.Place::account).containsExactly("deploy", "root");

		Adoption adoption = adoption(key, "adopted-" + node.name());
		Adoption.Outcome outcome = this.foreignKeys.adopt(adoption);

		assertThat(outcome.left()).isEmpty();
		assertThat(outcome.grants()).hasSize(2);
		check(node);
		assertThat(this.foreignKeys.list()).noneMatch((each) -> each.key().fingerprint().equals(fingerprint(key)));
		assertThat(file("deploy")).isEqualTo(before);
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
		Adoption.Outcome outcome = this.foreignKeys.adopt(adoption);
		assertThat(outcome.grants()).hasSize(1);
		assertThat(outcome.left()).singleElement().satisfies((left) -> {
			assertThat(left.place().account()).isEqualTo("deploy");
			assertThat(left.why().arguments()).containsExactly("tunnel");
		});
		assertThat(this.foreignKeys.adopt(adoption).grants()).as("once more").isEmpty();
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
	void aKeyThatIsForeignNowhereIsNotAdopted() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.foreignKeys.adopt(adoption(SshKeys.generate(), "nobody-at-all")));
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
		return this.foreignKeys.list()
			.stream()
			.filter((each) -> each.key().fingerprint().equals(fingerprint(key)))
			.findFirst()
			.orElseThrow();
	}

	private static Fingerprint fingerprint(SshKeyPair key) {
		return Fingerprint.parse(key.fingerprint());
	}

}
