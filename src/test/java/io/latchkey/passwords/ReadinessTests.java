package io.latchkey.passwords;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.sshd.PasswordLogins.Log;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.LogReading;
import io.latchkey.logins.PasswordUse;
import io.latchkey.logins.Standing;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.passwords.Readiness.Check;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is made of a node's words, and of what its logs told. */
class ReadinessTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final Fingerprint KEY = Fingerprint.parse("SHA256:" + "A".repeat(43));

	private static final Fingerprint OTHER = Fingerprint.parse("SHA256:" + "B".repeat(42) + "A");

	private static final NodeFacts NOTHING = new NodeFacts(List.of(), List.of(), List.of(), null);

	private static final String LINE = "2026-11-29T07:00:00+0000 web1 sshd[4711]: Accepted password for %s from 192.0.2.7 port 51234 ssh2";

	private final Node node = new Node(new NodeId(1), "web1", new Node.Route("192.0.2.1", 22, false, null),
			new Node.Management("root", Privilege.ROOT, Mode.ADDITIVE, ManagementKeyKind.USUAL), Map.of(), List.of(),
			List.of(), true, 0);

	private final PasswordLook look = new PasswordLook(new Drift(Said.findings()), Said.findings(),
			Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void whoCameByPasswordComesFromTheTableAndFromTheLog() {
		NodeFacts facts = new NodeFacts(List.of(),
				List.of(new PasswordUse("web1", "deploy", NOW.minus(Duration.ofDays(40)), 12, true)), List.of(),
				reading(null, null));
		Check logins = check(Said.on().came(Log.JOURNAL, LINE.formatted("alice")), facts, Subject.LOGINS);
		assertThat(logins.status()).isEqualTo(Status.WARNING);
		assertThat(logins.details()).containsExactly("alice (1×, 192.0.2.7)", "deploy (12×, 2026-10-21)");
		assertThat(logins.text()).doesNotContain("Anybody");
	}

	@Test
	void aLogThatAnybodyMayWriteToIsSaid() {
		assertThat(check(Said.on().came(Log.SYSLOG, LINE.formatted("alice")), NOTHING, Subject.LOGINS).text())
			.contains("Anybody on the node can write there");
		NodeFacts facts = new NodeFacts(List.of(), List.of(new PasswordUse("web1", "deploy", NOW, 1, false)), List.of(),
				null);
		assertThat(check(Said.on().came(Log.JOURNAL), facts, Subject.LOGINS).text())
			.contains("Anybody on the node can write there");
	}

	@Test
	void withoutAnyLogItIsNotKnown() {
		assertThat(check(Said.on(), NOTHING, Subject.LOGINS).status()).isEqualTo(Status.UNKNOWN);
		assertThat(check(Said.on().came(Log.JOURNAL), NOTHING, Subject.LOGINS).status()).isEqualTo(Status.OK);
	}

	@Test
	void gapsInTheLogAreSaid() {
		assertThat(check(Said.on(), NOTHING, Subject.LOG).text()).contains("has not read");
		Check gap = check(Said.on(), facts(reading(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(2)))),
				Subject.LOG);
		assertThat(gap.status()).isEqualTo(Status.UNKNOWN);
		assertThat(gap.text()).contains("from 2026-11-21 to 2026-11-28");
		assertThat(check(Said.on(), facts(reading(null, NOW.minus(Duration.ofDays(100)))), Subject.LOG).status())
			.as("before the 90 days")
			.isEqualTo(Status.OK);
		assertThat(check(Said.on(), facts(new LogReading(NOW, null, "no log", null, null)), Subject.LOG).text())
			.contains("no log");
	}

	@Test
	void accountsWithoutAKeyAndWithoutAProvedOneAreToldApart() {
		NodeFacts facts = new NodeFacts(List.of(account("alice", foreign(KEY)), account("deploy", foreign(OTHER))),
				List.of(), List.of(use(KEY, "alice")), null);
		Said said = Said.on().passworded("alice", "bob", "deploy");
		assertThat(check(said, facts, Subject.ACCOUNTS).details()).containsExactly("bob");
		assertThat(check(said, facts, Subject.PROVED_KEYS).details()).containsExactly("deploy");
		assertThat(check(Said.on().passworded("alice"), facts, Subject.PROVED_KEYS).status()).isEqualTo(Status.OK);
		assertThat(this.look.of(this.node, Said.on().passworded("bob").get(), facts).checks())
			.as("nothing is said of the keys of accounts without one")
			.extracting(Check::subject)
			.doesNotContain(Subject.PROVED_KEYS);
	}

	/** A key that let in as another account proves nothing of this one. */
	@Test
	void aKeyIsProvedForItsAccountAlone() {
		NodeFacts facts = new NodeFacts(List.of(account("alice", foreign(KEY))), List.of(), List.of(use(KEY, "bob")),
				null);
		assertThat(check(Said.on().passworded("alice"), facts, Subject.PROVED_KEYS).details()).containsExactly("alice");
	}

	@Test
	void aKeyForEmergenciesStandsAndWasUsed() {
		assertThat(check(Said.on(), NOTHING, Subject.EMERGENCY_KEY).status()).isEqualTo(Status.WARNING);
		NodeFacts unused = new NodeFacts(List.of(account("root", foreign(KEY))), List.of(), List.of(), null);
		assertThat(check(Said.on(), unused, Subject.EMERGENCY_KEY).status()).isEqualTo(Status.UNKNOWN);
		NodeFacts used = new NodeFacts(List.of(account("root", foreign(KEY))), List.of(), List.of(use(KEY, "root")),
				null);
		Check key = check(Said.on(), used, Subject.EMERGENCY_KEY);
		assertThat(key.status()).isEqualTo(Status.OK);
		assertThat(key.details()).containsExactly("root " + KEY);
	}

	@Test
	void whatEndsOrIsLatchkeysOwnIsNoKeyForEmergencies() {
		Entry ends = entry(KEY, "alice", Origin.LATCHKEY, "expiry-time=\"20261201Z\"");
		Entry own = entry(OTHER, null, Origin.LATCHKEY, "");
		NodeFacts facts = new NodeFacts(List.of(account("root", ends, own)), List.of(), List.of(use(OTHER, "root")),
				null);
		assertThat(check(Said.on(), facts, Subject.EMERGENCY_KEY).status()).isEqualTo(Status.WARNING);
	}

	@Test
	void saysWhoWritesTheFileAndWhatPamAsks() {
		Said said = new Said()
			.set("passwordauthentication yes", "kbdinteractiveauthentication yes", "usepam yes", "permitrootlogin no")
			.managed("# Ansible managed");
		assertThat(check(said, NOTHING, Subject.MANAGED).details()).containsExactly("# Ansible managed");
		assertThat(check(said, NOTHING, Subject.PAM).status()).isEqualTo(Status.WARNING);
		assertThat(check(said, NOTHING, Subject.ROOT_LOGIN).status()).isEqualTo(Status.OK);
	}

	@Test
	void aBlockThatLetsInRootIsNamed() {
		Said said = Said.on().set("permitrootlogin no").file(Said.MAIN, "Match User root", "PermitRootLogin yes");
		assertThat(check(said, NOTHING, Subject.ROOT_LOGIN).details())
			.containsExactly("/etc/ssh/sshd_config line 1: Match User root");
	}

	/** Going back must not be kept from those who need it. */
	@Test
	void aPasswordBesideAKeyStandsInTheWayOfTheEndAlone() {
		Readiness readiness = this.look.of(this.node,
				Said.on().file(Said.MAIN, "AuthenticationMethods publickey,password").get(), NOTHING);
		assertThat(readiness.obstacles()).hasSize(1);
		assertThat(readiness.obstaclesTo(PasswordChoice.NOTHING)).isEmpty();
	}

	@Test
	void theDigestIsOfWhatIsNotInOrder() {
		String before = digest(Said.on().passworded("alice"), NOTHING);
		assertThat(digest(Said.on().passworded("alice", "bob"), NOTHING)).isNotEqualTo(before);
		assertThat(digest(Said.on().passworded("alice"), facts(reading(null, NOW)))).as("logs are read by themselves")
			.isEqualTo(before);
	}

	private String digest(Said said, NodeFacts facts) {
		return this.look.of(this.node, said.came(Log.JOURNAL).get(), facts).digest();
	}

	private Check check(Said said, NodeFacts facts, Subject subject) {
		return this.look.of(this.node, said.get(), facts)
			.checks()
			.stream()
			.filter((check) -> check.subject() == subject)
			.findFirst()
			.orElseThrow();
	}

	private static NodeFacts facts(LogReading reading) {
		return new NodeFacts(List.of(), List.of(), List.of(), reading);
	}

	private static LogReading reading(@Nullable Instant gapFrom, @Nullable Instant gapUntil) {
		return new LogReading(NOW, NOW, null, gapFrom, gapUntil);
	}

	private static AccountState account(String name, Entry... entries) {
		return new AccountState(name, "/home/" + name + "/.ssh/authorized_keys", NodeState.IN_SYNC, null,
				List.of(entries));
	}

	private static Entry foreign(Fingerprint key) {
		return entry(key, null, Origin.FOREIGN, "");
	}

	private static Entry entry(Fingerprint key, @Nullable String identity, Origin origin, String options) {
		return new Entry(key, null, "ssh-ed25519 AAAA", identity, List.of(), options, origin,
				AccountState.Status.EXTRA);
	}

	private static KeyUse use(Fingerprint key, String account) {
		return new KeyUse(key.value(), "web1", account, NOW, "192.0.2.7", Standing.UNGRANTED, null, null, true);
	}

}
