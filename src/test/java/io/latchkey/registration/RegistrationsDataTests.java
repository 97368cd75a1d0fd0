package io.latchkey.registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.conversation.hosts.HostKeyProof;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.registration.RegistrationAnswer.Outcome;
import io.latchkey.sshd.HostKeySignature;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@UnscheduledTest
class RegistrationsDataTests {

	private static final String FROM = "10.0.0.7";

	private final Map<String, SshKeyPair> pairs = new ConcurrentHashMap<>();

	@Autowired
	EnrolmentTokens tokens;

	@Autowired
	Registrations registrations;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Clock clock;

	@Autowired
	Tables tables;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void keepsNothingOfTheTextButItsHash() {
		MadeEnrolmentToken made = make(3, false);
		List<Map<String, Object>> rows = this.jdbc.sql("select * from enrolment_token").query().listOfRows();
		assertThat(rows).hasSize(1);
		assertThat(rows.toString()).doesNotContain(made.text().text()).contains(made.text().hash());
		assertThat(made.toString()).doesNotContain(made.text().text());
	}

	@Test
	void refusesWhatIsWrongWithATokenAllAtOnce() {
		EnrolmentTokenDraft draft = new EnrolmentTokenDraft(null, "deploy", Privilege.ROOT, Mode.ADDITIVE,
				List.of("nowhere"), Map.of("a b", "c"), 1001, this.clock.instant().plus(Duration.ofDays(31)), false);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.tokens.make(draft))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Fault::field)
				.containsExactlyInAnyOrder("labels", "privilege", "uses", "expiresAt", "clusters"));
	}

	@Test
	void ofTwoThatComeAtOnceForTheLastUseOneWins() throws Exception {
		MadeEnrolmentToken made = make(1, false);
		List<Callable<RegistrationAnswer>> both = List.of(
				() -> this.registrations.register(message(made, "web1", key(), "192.0.2.1"), FROM),
				() -> this.registrations.register(message(made, "web2", key(), "192.0.2.2"), FROM));
		assertThat(outcomes(both)).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.REFUSED);
		assertThat(this.nodes.count()).isEqualTo(1);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
	}

	@Test
	void aNodeThatComesTwiceAtOnceIsMadeOnce() throws Exception {
		MadeEnrolmentToken made = make(5, false);
		String key = key();
		Callable<RegistrationAnswer> one = () -> this.registrations.register(message(made, "web1", key, "192.0.2.1"),
				FROM);
		assertThat(outcomes(List.of(one, one))).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.KNOWN);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
	}

	@Test
	void aCheckChangesNothing() {
		MadeEnrolmentToken made = make(1, false);
		RegistrationAnswer answer = this.registrations.check(message(made, "web1", key(), "192.0.2.1"), FROM);
		assertThat(answer.outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.nodes.count()).isZero();
		assertThat(this.tokens.get(made.token().id()).used()).isZero();
	}

	@Test
	void aCopiedMachineIsNamed() {
		MadeEnrolmentToken made = make(5, false);
		String key = key();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		assertThat(refusal(message(made, "web2", key, "192.0.2.2"))).isEqualTo("registration.cloned");
		assertThat(refusal(message(made, "web1", key, "192.0.2.2"))).isEqualTo("registration.cloned");
		assertThat(refusal(message(made, "web1", key(), "192.0.2.2"))).isEqualTo("registration.name");
		assertThat(refusal(message(made, "web2", key(), "192.0.2.1"))).isEqualTo("registration.address");
		assertThat(this.nodes.count()).isEqualTo(1);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
	}

	@Test
	void aTokenThatHasEndedIsRefusedEverywhere() {
		MadeEnrolmentToken ended = make(1, false);
		this.tokens.end(ended.token().id());
		MadeEnrolmentToken expired = make(1, false);
		this.jdbc.sql("update enrolment_token set expires_at = made_at where id = ?")
			.param(expired.token().id())
			.update();
		assertThat(refusal(message(ended, "web1", key(), "192.0.2.1"))).isEqualTo("enrolment-token.ENDED");
		assertThat(refusal(message(expired, "web1", key(), "192.0.2.1"))).isEqualTo("enrolment-token.EXPIRED");
		for (MadeEnrolmentToken each : List.of(ended, expired)) {
			assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
				.isThrownBy(() -> this.registrations.termsFor(each.text(), FROM))
				.matches((ex) -> !ex.isUnknown());
		}
		assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
			.isThrownBy(() -> this.registrations.termsFor(EnrolmentTokenText.generate(), FROM))
			.matches(EnrolmentTokenRefusedException::isUnknown);
	}

	@Test
	void aUsedUpTokenServesOnlyWhereItWasUsed() {
		MadeEnrolmentToken made = make(1, false);
		String key = key();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		assertThat(this.registrations.termsFor(made.text(), FROM).token().used()).isEqualTo(1);
		assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
			.isThrownBy(() -> this.registrations.termsFor(made.text(), "10.0.0.8"));
		assertThat(this.registrations.register(message(made, "web1", key, "192.0.2.1"), "10.0.0.8").outcome())
			.isEqualTo(Outcome.KNOWN);
		assertThat(refusal(message(made, "web2", key(), "192.0.2.2"))).isEqualTo("enrolment-token.USED_UP");
	}

	@Test
	void approvalMakesTheNodeWithWhatTheTokenGives() {
		this.clusters.create("web", null, List.of());
		MadeEnrolmentToken made = make(2, true, "web");
		String key = key();
		assertThat(this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM).outcome())
			.isEqualTo(Outcome.WAITING);
		assertThat(this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM).outcome())
			.isEqualTo(Outcome.WAITING);
		assertThat(refusal(message(made, "web2", key, "192.0.2.1"))).isEqualTo("registration.waits");
		assertThat(this.registrations.countWaiting()).isEqualTo(1);
		long id = this.registrations.list(Registration.State.WAITING).get(0).id();
		this.registrations.approve(id);
		this.registrations.approve(id);
		assertThat(this.nodes.get("web1").clusters()).containsExactly("web");
		assertThat(this.nodes.get("web1").hostKeys()).hasSize(1);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.registrations.refuse(id));
		this.nodes.delete("web1");
		this.clusters.delete("web");
		assertThat(this.tokens.get(made.token().id()).joining().clusters()).isEmpty();
	}

	@Test
	void approvalIsRefusedOnceAnotherHasTheName() {
		MadeEnrolmentToken made = make(2, true);
		this.registrations.register(message(made, "web1", key(), "192.0.2.1"), FROM);
		this.nodes.create(new NodeDraft("web1", "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		long id = this.registrations.list(Registration.State.WAITING).get(0).id();
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.registrations.approve(id))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Fault::code).containsExactly("registration.name"));
		assertThat(this.registrations.countWaiting()).isEqualTo(1);
	}

	/**
	 * The token vouches for a machine, but not that it is the one that was there before.
	 */
	@Test
	void aMachineInPlaceOfAFormerOneWaits() {
		MadeEnrolmentToken made = make(9, false);
		String key = key();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		this.nodes.delete("web1");
		RegistrationMessage other = message(made, "web1", key(), "192.0.2.1");
		assertThat(this.registrations.check(other, FROM).outcome()).isEqualTo(Outcome.WAITING);
		assertThat(this.registrations.register(other, FROM).outcome()).isEqualTo(Outcome.WAITING);
		assertThat(this.nodes.count()).isZero();
		List<Registration> waiting = this.registrations.list(Registration.State.WAITING);
		assertThat(this.registrations.formerOf(waiting).get(waiting.get(0).id())).singleElement()
			.satisfies((former) -> assertThat(former.name()).isEqualTo("web1"));
		this.registrations.refuse(waiting.get(0).id());
		assertThat(this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM).outcome())
			.isEqualTo(Outcome.ACCEPTED);
	}

	@Test
	void aHostKeyThatIsNotProvedWaits() {
		MadeEnrolmentToken made = make(9, false);
		String unproved = key();
		assertThat(this.registrations.register(message(made, nonce(made), "web1", "192.0.2.1", unproved + " -"), FROM)
			.outcome()).isEqualTo(Outcome.WAITING);
		assertThat(this.registrations.list(Registration.State.WAITING))
			.extracting((registration) -> registration.said().proved())
			.containsExactly(false);
		String nonce = nonce(made);
		String proved = key();
		RegistrationMessage both = RegistrationMessage
			.parse("latchkey-registration 2\ntoken %s\nnonce %s\nname web2\nport 22\nhost-key %s -\nhost-key %s %s\n"
				.formatted(made.text().text(), nonce, key(), proved,
						HostKeySignature.of(this.pairs.get(proved), HostKeyProof.ENROLLING, nonce)));
		assertThat(this.registrations.register(both, FROM).outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.nodes.get("web2").hostKeys()).extracting((key) -> key.key().render()).containsExactly(proved);
	}

	@Test
	void aForgedProofIsRefused() {
		MadeEnrolmentToken made = make(9, false);
		String key = key();
		String other = key();
		String nonce = nonce(made);
		for (String proof : List.of(HostKeySignature.of(this.pairs.get(other), HostKeyProof.ENROLLING, nonce),
				HostKeySignature.of(this.pairs.get(key), HostKeyProof.ENROLLING, nonce.replace('0', '1') + "0"),
				HostKeySignature.of(this.pairs.get(key), "file", nonce), "U1NIU0lH", "none", "*")) {
			RegistrationMessage forged = message(made, nonce, "web1", "192.0.2.1", key + " " + proof);
			assertThat(this.registrations.check(forged, FROM).faults()).extracting(Fault::code)
				.as(proof)
				.containsExactly("registration.forged");
		}
		assertThat(refusal(message(made, nonce, "web1", "192.0.2.1",
				key + " " + HostKeySignature.of(this.pairs.get(other), HostKeyProof.ENROLLING, nonce))))
			.isEqualTo("registration.forged");
		assertThat(this.nodes.count()).isZero();
		assertThat(this.tokens.get(made.token().id()).used()).isZero();
	}

	/** Whoever has heard a registration does not register with it. */
	@Test
	void aNonceIsGoodOnceAndSoonAndForItsToken() {
		MadeEnrolmentToken made = make(9, false);
		MadeEnrolmentToken other = make(9, false);
		String key = key();
		String nonce = nonce(made);
		String hostKey = key + " " + HostKeySignature.of(this.pairs.get(key), HostKeyProof.ENROLLING, nonce);
		assertThat(refusal(message(other, nonce, "web1", "192.0.2.1", hostKey))).isEqualTo("registration.nonce");
		RegistrationMessage message = message(made, nonce, "web1", "192.0.2.1", hostKey);
		assertThat(this.registrations.check(message, FROM).outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.registrations.register(message, FROM).outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(refusal(message)).isEqualTo("registration.nonce");
		RegistrationMessage late = message(made, "web2", key(), "192.0.2.2");
		this.jdbc.sql("update enrolment_nonce set made_at = ?")
			.param(this.clock.instant().minusSeconds(301).atOffset(ZoneOffset.UTC))
			.update();
		assertThat(this.registrations.check(late, FROM).faults()).extracting(Fault::code)
			.containsExactly("registration.nonce");
		assertThat(refusal(late)).isEqualTo("registration.nonce");
		nonce(made);
		assertThat(this.jdbc.sql("select count(*) from enrolment_nonce").query(Long.class).single()).isEqualTo(1);
	}

	@Test
	void aTokenHasSoManyNonces() {
		MadeEnrolmentToken made = make(9, false);
		String first = nonce(made);
		this.jdbc.sql("update enrolment_nonce set made_at = ?")
			.param(this.clock.instant().minusSeconds(60).atOffset(ZoneOffset.UTC))
			.update();
		for (int i = 1; i < EnrolmentNonceRepository.MOST_OF_A_TOKEN; i++) {
			this.jdbc.sql("insert into enrolment_nonce (nonce, token_id, made_at) values (?, ?, ?)")
				.params("n" + i, made.token().id(), this.clock.instant().atOffset(ZoneOffset.UTC))
				.update();
		}
		nonce(made);
		assertThat(this.jdbc.sql("select count(*) from enrolment_nonce where nonce = ?")
			.param(first)
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void everyStepIsOnRecord() {
		MadeEnrolmentToken made = make(2, true);
		this.registrations.register(message(made, "web1", key(), "192.0.2.1"), FROM);
		this.registrations.register(message(made, "web2", key(), "192.0.2.2"), FROM);
		this.registrations.list(Registration.State.WAITING).forEach((each) -> {
			if (each.said().name().equals("web1")) {
				this.registrations.approve(each.id());
			}
			else {
				this.registrations.refuse(each.id());
			}
		});
		this.tokens.end(made.token().id());
		List<String> actions = this.jdbc.sql("select action from audit_record order by sequence")
			.query(String.class)
			.list();
		assertThat(actions).contains("enrolment-token.made", "enrolment-token.used", "registration.approved",
				"registration.refused", "enrolment-token.ended", "node.added", "node.host-keys-pinned");
	}

	private MadeEnrolmentToken make(int uses, boolean approval, String... clusters) {
		Instant end = this.clock.instant().plus(Duration.ofDays(1));
		return this.tokens.make(new EnrolmentTokenDraft("tests", "root", Privilege.ROOT, Mode.ADDITIVE,
				List.of(clusters), Map.of("stage", "test"), uses, end, approval));
	}

	/** Of a machine with that host key. */
	private RegistrationMessage message(MadeEnrolmentToken made, String name, String key, String address) {
		String nonce = nonce(made);
		return message(made, nonce, name, address,
				key + " " + HostKeySignature.of(this.pairs.get(key), HostKeyProof.ENROLLING, nonce));
	}

	private static RegistrationMessage message(MadeEnrolmentToken made, String nonce, String name, String address,
			String hostKey) {
		return RegistrationMessage
			.parse("latchkey-registration 2\ntoken %s\nnonce %s\nname %s\nport 22\naddress %s\nhost-key %s\n"
				.formatted(made.text().text(), nonce, name, address, hostKey));
	}

	/** None of a token that has ended. */
	private String nonce(MadeEnrolmentToken made) {
		try {
			return this.registrations.termsFor(made.text(), FROM).nonce();
		}
		catch (EnrolmentTokenRefusedException ex) {
			return "0".repeat(64);
		}
	}

	private String key() {
		SshKeyPair pair = SshKeys.generate();
		String line = HostKeySignature.lineOf(pair);
		this.pairs.put(line, pair);
		return line;
	}

	private String refusal(RegistrationMessage message) {
		RegistrationAnswer answer = this.registrations.register(message, FROM);
		assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
		return answer.faults().get(0).code();
	}

	private static List<Outcome> outcomes(List<Callable<RegistrationAnswer>> registrations) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(registrations.size());
		try {
			List<Outcome> outcomes = new ArrayList<>();
			for (Future<RegistrationAnswer> each : threads.invokeAll(registrations)) {
				outcomes.add(each.get().outcome());
			}
			return outcomes;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
