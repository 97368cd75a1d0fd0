package io.latchkey.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.DataTest;
import io.latchkey.SampleKeys;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Saved;
import io.latchkey.core.VersionConflictException;
import io.latchkey.identity.KeyRefusedException.Reason;
import io.latchkey.openssh.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@RecordApplicationEvents
class IdentitiesDataTests {

	private static final String CERTIFICATE = """
			ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIEsYdcgc5pmoxhcWLX7aWViWQIULbSimTvNcGSVqdIr3AAAAIAvwxpICXfm3L52w/tsiv2QB+0zYvWrqKMSk7+OtrMRoAAAAAAAAAAAAAAABAAAAAmlkAAAACAAAAARyb290AAAAAAAAAAD//////////wAAAAAAAACCAAAAFXBlcm1pdC1YMTEtZm9yd2FyZGluZwAAAAAAAAAXcGVybWl0LWFnZW50LWZvcndhcmRpbmcAAAAAAAAAFnBlcm1pdC1wb3J0LWZvcndhcmRpbmcAAAAAAAAACnBlcm1pdC1wdHkAAAAAAAAADnBlcm1pdC11c2VyLXJjAAAAAAAAAAAAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIKt3+6IO8xnHcY7rniDQM8/dXsA0G3svHr1RduIxihHIAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEB6azA8LVsFGWkBvR2oyuhmoj9kk0lqbzdXvAoLqLMvl27qWAmSFTPUKhFEWjaoeAq1edOwx/CyWLVF+eED45QD bob@desk""";

	private static final String OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@Autowired
	Identities identities;

	@Autowired
	HeldKeys heldKeys;

	@Autowired
	Teams teams;

	@Autowired
	Clock clock;

	@Autowired
	ApplicationEvents events;

	@Test
	void keepsWhatItIsGiven() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, " Alice Doe ", "alice@example.org"));
		Identity alice = this.identities.get("alice");
		assertThat(alice.displayName()).isEqualTo("Alice Doe");
		assertThat(alice.email()).isEqualTo("alice@example.org");
		assertThat(alice.kind()).isEqualTo(IdentityKind.PERSON);
		assertThat(alice.status()).isEqualTo(IdentityStatus.ACTIVE);
		assertThat(alice.keys()).isEmpty();
		assertThat(alice.teams()).isEmpty();
		assertThat(published()).containsExactly("identity.created identity:alice PERSON");
	}

	@Test
	void tellsAllFaultsAtOnce() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.identities
				.create(new IdentityDraft("Alice!", IdentityKind.PERSON, "x".repeat(201), "nowhere")))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("name", "name.malformed"),
					Fault.of("displayName", "text.long", 200), Fault.of("email", "email.malformed")));
		assertThat(this.identities.find("Alice!")).isEmpty();
	}

	@Test
	void refusesANameInUse() {
		create("alice");
		assertThatExceptionOfType(NameInUseException.class).isThrownBy(() -> create("alice"));
	}

	@Test
	void puttingTwiceChangesNothing() {
		IdentityDraft draft = new IdentityDraft("ci", IdentityKind.SERVICE, "CI", null);
		Saved<Identity> first = this.identities.put(draft, null);
		Saved<Identity> second = this.identities.put(draft, null);
		assertThat(first.created()).isTrue();
		assertThat(second.created()).isFalse();
		assertThat(second.value()).isEqualTo(first.value());
		assertThat(published()).containsExactly("identity.created identity:ci SERVICE");
	}

	@Test
	void aReplacedKeyGetsAnEndAfterTheOverlap() {
		create("alice");
		Fingerprint old = this.identities.addKey("alice", SampleKeys.ed25519(), null, null).key().fingerprint();
		Instant before = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		this.identities.replaceKey("alice", OTHER_KEY, null, null, new KeyReplacement(old, Duration.ofDays(7)));
		List<IdentityKey> keys = this.identities.get("alice").keys();
		assertThat(keys).hasSize(2);
		assertThat(keys.get(0).expiresAt()).isBetween(before.plus(Duration.ofDays(7)),
				before.plus(Duration.ofDays(7)).plusSeconds(60));
		assertThat(keys.get(1).expiresAt()).isNull();
		assertThat(published()).anyMatch((event) -> event.startsWith("key.end-changed identity:alice " + old));
		assertThat(this.heldKeys.endingSoon()).singleElement()
			.satisfies((held) -> assertThat(held.key().key().fingerprint()).isEqualTo(old));
	}

	@Test
	void aReplacedKeyThatEndsBeforeKeepsItsEnd() {
		create("alice");
		Instant end = this.clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
		Fingerprint old = this.identities.addKey("alice", SampleKeys.ed25519(), null, end).key().fingerprint();
		this.identities.replaceKey("alice", OTHER_KEY, null, null, new KeyReplacement(old, Duration.ofDays(7)));
		assertThat(this.identities.get("alice").keys().get(0).expiresAt()).isEqualTo(end);
	}

	@Test
	void replacesOnlyAKeyOfItsOwnAndAddsNothingOtherwise() {
		create("alice");
		create("bob");
		Fingerprint bobs = this.identities.addKey("bob", SampleKeys.ed25519(), null, null).key().fingerprint();
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.identities.replaceKey("alice", OTHER_KEY, null, null,
					new KeyReplacement(bobs, Duration.ofDays(7))))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("replaces", "key.not-held", "alice")));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.identities.replaceKey("bob",
				OTHER_KEY, null, null, new KeyReplacement(bobs, Duration.ofDays(-1))));
		assertThat(this.identities.get("alice").keys()).isEmpty();
		assertThat(this.identities.get("bob").keys()).singleElement()
			.satisfies((key) -> assertThat(key.expiresAt()).isNull());
	}

	@Test
	void replacesButKeepsKeysAndTeams() {
		create("alice");
		this.identities.addKey("alice", SampleKeys.ed25519(), null, null);
		this.teams.create("ops", null, List.of("alice"));
		Identity replaced = this.identities.put(new IdentityDraft("alice", IdentityKind.PERSON, "A", null), null)
			.value();
		assertThat(replaced.keys()).hasSize(1);
		assertThat(replaced.teams()).containsExactly("ops");
		assertThat(published()).contains("identity.changed identity:alice displayName");
	}

	@Test
	void refusesAChangeOfAnotherVersion() {
		long read = create("alice").version();
		this.identities.put(new IdentityDraft("alice", IdentityKind.PERSON, "A", null), read);
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.identities.put(new IdentityDraft("alice", IdentityKind.PERSON, "B", null), read));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.identities.put(new IdentityDraft("bob", IdentityKind.PERSON, null, null), 0L));
	}

	@Test
	void countsEveryChangeAsAVersion() {
		long version = create("alice").version();
		Fingerprint key = this.identities.addKey("alice", SampleKeys.ed25519(), null, null).key().fingerprint();
		assertThat(this.identities.get("alice").version()).isEqualTo(++version);
		this.identities.removeKey("alice", key);
		assertThat(this.identities.get("alice").version()).isEqualTo(++version);
		assertThat(this.identities.suspend("alice").version()).isEqualTo(++version);
		this.teams.create("ops", null, List.of("alice"));
		assertThat(this.identities.get("alice").version()).isEqualTo(++version);
		this.teams.delete("ops");
		assertThat(this.identities.get("alice").version()).isEqualTo(++version);
	}

	@Test
	void takesAKeyWithItsComment() {
		create("alice");
		IdentityKey key = this.identities.addKey("alice", SampleKeys.ed25519() + " alice@laptop\n", null, null);
		assertThat(key.comment()).isEqualTo("alice@laptop");
		assertThat(this.identities.get("alice").keys()).containsExactly(key);
		assertThat(this.heldKeys.ownerOf(key.key().fingerprint())).contains("alice");
		assertThat(published()).contains("key.added identity:alice " + key.key().fingerprint() + " alice@laptop");
	}

	@Test
	void makesTheCommentOneLine() {
		create("alice");
		IdentityKey key = this.identities.addKey("alice", SampleKeys.ed25519(),
				" my\n\tlap\u0007top " + "x".repeat(300), null);
		assertThat(key.comment()).startsWith("my lap top xxx").hasSize(200);
	}

	@Test
	void refusesAKeyThatSomebodyHas() {
		create("alice");
		create("bob");
		String key = SampleKeys.ed25519();
		this.identities.addKey("alice", key + " one", null, null);
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.identities.addKey("bob", key + " two", null, null))
			.satisfies((ex) -> assertThat(ex.owner()).isEqualTo("alice"));
		assertThat(this.identities.get("bob").keys()).isEmpty();
	}

	@Test
	void refusesAPrivateKey() {
		String text = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----\n";
		refuses(text, Reason.PRIVATE_KEY);
	}

	@Test
	void refusesAWeakKey() {
		refuses(SampleKeys.rsa(1024), Reason.WEAK_KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "ssh-ed25519 AAAA", CERTIFICATE })
	void refusesWhatIsNoPlainKey(String text) {
		refuses(text, Reason.INVALID_KEY);
	}

	private void refuses(String text, Reason reason) {
		create("alice");
		assertThatExceptionOfType(KeyRefusedException.class)
			.isThrownBy(() -> this.identities.addKey("alice", text, null, null))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.getMessage()).isNotBlank());
		assertThat(this.identities.get("alice").keys()).isEmpty();
	}

	@Test
	void refusesAKeyThatHasExpired() {
		create("alice");
		Instant past = this.clock.instant().minus(Duration.ofSeconds(1));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.identities.addKey("alice", SampleKeys.ed25519(), null, past))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("expiresAt", "instant.past")));
	}

	@Test
	void keepsWhenAKeyExpires() {
		create("alice");
		Instant end = this.clock.instant().plus(Duration.ofDays(1));
		this.identities.addKey("alice", SampleKeys.ed25519(), null, end);
		assertThat(this.identities.get("alice").keys().get(0).expiresAt()).isEqualTo(end);
	}

	@Test
	void removingAKeyTwiceIsNoFault() {
		create("alice");
		Fingerprint key = this.identities.addKey("alice", SampleKeys.ed25519(), null, null).key().fingerprint();
		this.identities.removeKey("alice", key);
		this.identities.removeKey("alice", key);
		assertThat(this.heldKeys.ownerOf(key)).isEmpty();
		assertThat(published()).filteredOn((event) -> event.startsWith("key.removed")).hasSize(1);
	}

	@Test
	void deletingFreesNameAndKeys() {
		IdentityId id = create("alice").id();
		String text = SampleKeys.ed25519();
		Fingerprint key = this.identities.addKey("alice", text, null, null).key().fingerprint();
		TeamId ops = this.teams.create("ops", null, List.of("alice")).id();
		this.identities.delete("alice");
		assertThat(this.events.stream(IdentityDeleted.class))
			.containsExactly(new IdentityDeleted(id, "alice", Set.of(ops), List.of(key)));
		assertThat(this.teams.get("ops").members()).isEmpty();
		create("alice");
		assertThat(this.identities.addKey("alice", text, null, null).key().fingerprint()).isEqualTo(key);
	}

	@Test
	void deletingWhatIsNotThereIsNoFault() {
		this.identities.delete("nobody");
		assertThat(published()).isEmpty();
	}

	@Test
	void saysWhoIsNotThere() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.identities.get("nobody"));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.identities.suspend("nobody"));
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> this.identities.addKey("nobody", SampleKeys.ed25519(), null, null));
	}

	@Test
	void aSuspendedIdentityHoldsNoActiveKeys() {
		IdentityId alice = create("alice").id();
		IdentityId bob = create("bob").id();
		IdentityKey key = this.identities.addKey("alice", SampleKeys.ed25519(), null, null);
		IdentityKey other = this.identities.addKey("bob", SampleKeys.ed25519(), null, null);
		assertThat(this.heldKeys.activeKeysOf(Set.of(alice, bob))).containsExactly(new HeldKey(alice, "alice", key),
				new HeldKey(bob, "bob", other));
		this.identities.suspend("alice");
		this.identities.suspend("alice");
		assertThat(this.heldKeys.activeKeysOf(Set.of(alice, bob))).containsExactly(new HeldKey(bob, "bob", other));
		this.identities.resume("alice");
		assertThat(this.heldKeys.activeKeysOf(Set.of(alice))).hasSize(1);
		assertThat(published()).filteredOn((event) -> event.contains("suspended") || event.contains("resumed"))
			.containsExactly("identity.suspended identity:alice ", "identity.resumed identity:alice ");
	}

	@Test
	void answersForNoneWithNone() {
		assertThat(this.heldKeys.activeKeysOf(Set.of())).isEmpty();
		assertThat(this.identities.namesOf(Set.of())).isEmpty();
		assertThat(this.identities.idsByName(Set.of())).isEmpty();
		assertThat(this.heldKeys.ownersOf(Set.of())).isEmpty();
	}

	@Test
	void knowsNamesAndIds() {
		IdentityId alice = create("alice").id();
		assertThat(this.identities.namesOf(Set.of(alice, new IdentityId(-1)))).isEqualTo(Map.of(alice, "alice"));
		assertThat(this.identities.idsByName(Set.of("alice", "nobody"))).isEqualTo(Map.of("alice", alice));
	}

	@Test
	void listsByNameAndFindsPartsOfNames() {
		List.of("carol", "alice", "bob").forEach(this::create);
		this.identities.create(new IdentityDraft("x_1", IdentityKind.SERVICE, "Alices robot", null));
		PageRequest page = PageRequest.of(0, 10);
		assertThat(this.identities.list(null, page)).extracting(Identity::name)
			.containsExactly("alice", "bob", "carol", "x_1");
		assertThat(this.identities.list("ALICE", page)).extracting(Identity::name).containsExactly("alice", "x_1");
		assertThat(this.identities.list("_", page)).extracting(Identity::name).containsExactly("x_1");
		assertThat(this.identities.list("%", page)).isEmpty();
		assertThat(this.identities.list(null, PageRequest.of(1, 3)).getTotalElements()).isEqualTo(4);
	}

	@Test
	void sortsByWhatIsOfferedOnly() {
		create("alice");
		this.identities.create(new IdentityDraft("bot", IdentityKind.SERVICE, null, null));
		PageRequest byKind = PageRequest.of(0, 10, Sort.by(Sort.Direction.DESC, "kind"));
		assertThat(this.identities.list(null, byKind)).extracting(Identity::name).containsExactly("bot", "alice");
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.identities.list(null, PageRequest.of(0, 10, Sort.by("version"))))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Fault::field).containsExactly("sort"));
	}

	private Identity create(String name) {
		return this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
	}

	private List<String> published() {
		return this.events.stream(AuditableEvent.class)
			.map((event) -> event.action() + ' ' + event.subject() + ' ' + event.detail())
			.toList();
	}

}
