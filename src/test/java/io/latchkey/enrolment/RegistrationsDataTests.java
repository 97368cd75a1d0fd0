package io.latchkey.enrolment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.latchkey.DataTest;
import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.RegistrationAnswer.Outcome;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@EnableConfigurationProperties(EnrolmentProperties.class)
@Import({ EnrolmentTokens.class, EnrolmentTokenRepository.class, Registrations.class, RegistrationRepository.class,
		RegisteredNodes.class })
class RegistrationsDataTests {

	private static final String FROM = "10.0.0.7";

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
				() -> this.registrations.register(message(made, "web1", SampleKeys.ed25519(), "192.0.2.1"), FROM),
				() -> this.registrations.register(message(made, "web2", SampleKeys.ed25519(), "192.0.2.2"), FROM));
		assertThat(outcomes(both)).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.REFUSED);
		assertThat(this.nodes.count()).isEqualTo(1);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
	}

	@Test
	void aNodeThatComesTwiceAtOnceIsMadeOnce() throws Exception {
		MadeEnrolmentToken made = make(5, false);
		String key = SampleKeys.ed25519();
		Callable<RegistrationAnswer> one = () -> this.registrations.register(message(made, "web1", key, "192.0.2.1"),
				FROM);
		assertThat(outcomes(List.of(one, one))).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.KNOWN);
		assertThat(this.tokens.get(made.token().id()).used()).isEqualTo(1);
	}

	@Test
	void aCheckChangesNothing() {
		MadeEnrolmentToken made = make(1, false);
		RegistrationAnswer answer = this.registrations.check(message(made, "web1", SampleKeys.ed25519(), "192.0.2.1"),
				FROM);
		assertThat(answer.outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.nodes.count()).isZero();
		assertThat(this.tokens.get(made.token().id()).used()).isZero();
	}

	@Test
	void aCopiedMachineIsNamed() {
		MadeEnrolmentToken made = make(5, false);
		String key = SampleKeys.ed25519();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		assertThat(refusal(message(made, "web2", key, "192.0.2.2"))).isEqualTo("registration.cloned");
		assertThat(refusal(message(made, "web1", key, "192.0.2.2"))).isEqualTo("registration.cloned");
		assertThat(refusal(message(made, "web1", SampleKeys.ed25519(), "192.0.2.2"))).isEqualTo("registration.name");
		assertThat(refusal(message(made, "web2", SampleKeys.ed25519(), "192.0.2.1"))).isEqualTo("registration.address");
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
		assertThat(refusal(message(ended, "web1", SampleKeys.ed25519(), "192.0.2.1")))
			.isEqualTo("enrolment-token.ENDED");
		assertThat(refusal(message(expired, "web1", SampleKeys.ed25519(), "192.0.2.1")))
			.isEqualTo("enrolment-token.EXPIRED");
		for (MadeEnrolmentToken each : List.of(ended, expired)) {
			assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
				.isThrownBy(() -> this.registrations.tokenFor(each.text(), FROM))
				.matches((ex) -> !ex.isUnknown());
		}
		assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
			.isThrownBy(() -> this.registrations.tokenFor(EnrolmentTokenText.generate(), FROM))
			.matches(EnrolmentTokenRefusedException::isUnknown);
	}

	@Test
	void aUsedUpTokenServesOnlyWhereItWasUsed() {
		MadeEnrolmentToken made = make(1, false);
		String key = SampleKeys.ed25519();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		assertThat(this.registrations.tokenFor(made.text(), FROM).used()).isEqualTo(1);
		assertThatExceptionOfType(EnrolmentTokenRefusedException.class)
			.isThrownBy(() -> this.registrations.tokenFor(made.text(), "10.0.0.8"));
		assertThat(this.registrations.register(message(made, "web1", key, "192.0.2.1"), "10.0.0.8").outcome())
			.isEqualTo(Outcome.KNOWN);
		assertThat(refusal(message(made, "web2", SampleKeys.ed25519(), "192.0.2.2")))
			.isEqualTo("enrolment-token.USED_UP");
	}

	@Test
	void approvalMakesTheNodeWithWhatTheTokenGives() {
		this.clusters.create("web", null, List.of());
		MadeEnrolmentToken made = make(2, true, "web");
		String key = SampleKeys.ed25519();
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
		assertThat(this.tokens.get(made.token().id()).clusters()).isEmpty();
	}

	@Test
	void approvalIsRefusedOnceAnotherHasTheName() {
		MadeEnrolmentToken made = make(2, true);
		this.registrations.register(message(made, "web1", SampleKeys.ed25519(), "192.0.2.1"), FROM);
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
		String key = SampleKeys.ed25519();
		this.registrations.register(message(made, "web1", key, "192.0.2.1"), FROM);
		this.nodes.delete("web1");
		RegistrationMessage other = message(made, "web1", SampleKeys.ed25519(), "192.0.2.1");
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
	void everyStepIsOnRecord() {
		MadeEnrolmentToken made = make(2, true);
		this.registrations.register(message(made, "web1", SampleKeys.ed25519(), "192.0.2.1"), FROM);
		this.registrations.register(message(made, "web2", SampleKeys.ed25519(), "192.0.2.2"), FROM);
		this.registrations.list(Registration.State.WAITING).forEach((each) -> {
			if (each.name().equals("web1")) {
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

	private static RegistrationMessage message(MadeEnrolmentToken made, String name, String key, String address) {
		return RegistrationMessage
			.parse("latchkey-registration 1\ntoken %s\nname %s\nport 22\naddress %s\nhost-key %s\n"
				.formatted(made.text().text(), name, address, key));
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
