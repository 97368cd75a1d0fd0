package io.latchkey.desired;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Permission;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.IdentityKey;
import io.latchkey.identity.TeamId;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DesiredStateTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	private static final Dialect OPENSSH_8_4 = Dialect.of("OpenSSH_8.4p1", ZoneOffset.ofHours(2));

	private static final Dialect OPENSSH_7_1 = Dialect.of("OpenSSH_7.1", ZoneOffset.UTC);

	/** As it was stored before the hosts were checked as sshd reads them. */
	@Test
	void withholdsAGrantWhoseHostsSshdCannotRead() {
		for (String entry : List.of("10.0.1.0/8", "300.1.1.1/24")) {
			List<String> hosts = entry.startsWith("300") ? List.of(entry) : List.of("127.0.0.0/8", entry);
			GrantOptions options = new GrantOptions(hosts, null, false, Set.of(), Map.of(), false);
			assertThat(Dialect.CURRENT.obstacleTo(options)).isPresent();
		}
		assertThat(Dialect.CURRENT.obstacleTo(
				new GrantOptions(List.of("*.example.org", "10.0.0.0/8"), null, false, Set.of(), Map.of(), false)))
			.isEmpty();
	}

	@Test
	void writesTheLastSecondInUtcWhereSshdKnowsIt() {
		assertThat(lines(at(NOW, Dialect.CURRENT, grant(1, NOW, NOW.plusSeconds(7200), GrantOptions.NONE))))
			.containsExactly("expiry-time=\"20261122135959Z\" " + KEY + " alice@desk");
	}

	@Test
	void writesTheLastSecondInTheNodesZoneForAnOlderSshd() {
		assertThat(lines(at(NOW, OPENSSH_8_4, grant(1, NOW, NOW.plusSeconds(7200), GrantOptions.NONE))))
			.containsExactly("expiry-time=\"20261122155959\" " + KEY + " alice@desk");
	}

	@Test
	void writesNoEndThatWouldMakeAnOldSshdRefuseTheLine() {
		assertThat(lines(at(NOW, OPENSSH_7_1, grant(1, NOW, NOW.plusSeconds(7200), GrantOptions.NONE))))
			.containsExactly(KEY + " alice@desk");
	}

	@Test
	void makesOneLineWithTheLatestEndOfGrantsThatSayTheSame() {
		DesiredState state = at(NOW, Dialect.CURRENT, grant(1, NOW, NOW.plusSeconds(60), GrantOptions.NONE),
				grant(2, NOW, NOW.plusSeconds(3600), GrantOptions.NONE));
		assertThat(state.linesOf("deploy")).singleElement().satisfies((line) -> {
			assertThat(line.grants()).containsExactly(1L, 2L);
			assertThat(line.until()).isEqualTo(NOW.plusSeconds(3600));
		});
		assertThat(state.nextBoundary()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void hasNoLineBeforeTheStartAndNoneFromTheEndOn() {
		GrantReach grant = grant(1, NOW, NOW.plusSeconds(60), GrantOptions.NONE);
		assertThat(at(NOW.minusMillis(1), Dialect.CURRENT, grant).accounts()).isEmpty();
		assertThat(at(NOW.minusMillis(1), Dialect.CURRENT, grant).nextBoundary()).isEqualTo(NOW);
		assertThat(lines(at(NOW, Dialect.CURRENT, grant))).hasSize(1);
		assertThat(lines(at(NOW.plusSeconds(59), Dialect.CURRENT, grant))).hasSize(1);
		assertThat(at(NOW.plusSeconds(60), Dialect.CURRENT, grant).accounts()).isEmpty();
		assertThat(at(NOW.plusSeconds(60), Dialect.CURRENT, grant).nextBoundary()).isNull();
	}

	@Test
	void aKeysOwnEndComesFirst() {
		NodeRecords records = records(List.of(grant(1, NOW, null, GrantOptions.NONE)), NOW.plusSeconds(30));
		assertThat(records.at(NOW, Dialect.CURRENT).linesOf("deploy").get(0).until()).isEqualTo(NOW.plusSeconds(30));
		assertThat(records.at(NOW.plusSeconds(30), Dialect.CURRENT).accounts()).isEmpty();
	}

	@Test
	void reachesTheMembersOfATeam() {
		GrantReach grant = new GrantReach(new GrantId(1), Subject.Kind.TEAM, 7, Target.Kind.NODE, 1, "deploy", NOW,
				null, GrantOptions.NONE);
		assertThat(lines(at(NOW, Dialect.CURRENT, grant))).containsExactly(KEY + " alice@desk");
	}

	@Test
	void namesEachRestrictionWhereSshdDoesNotKnowRestrict() {
		GrantOptions options = new GrantOptions(List.of("10.0.0.0/8"), "echo \"hi\"", true, Set.of(Permission.PTY),
				Map.of("LANG", "C"), false);
		assertThat(lines(at(NOW, Dialect.CURRENT, grant(1, NOW, null, options))))
			.containsExactly("restrict,pty,from=\"10.0.0.0/8\",command=\"echo \\\"hi\\\"\",environment=\"LANG=C\" "
					+ KEY + " alice@desk");
		assertThat(lines(at(NOW, OPENSSH_7_1, grant(1, NOW, null, options))))
			.containsExactly("no-port-forwarding,no-agent-forwarding,no-x11-forwarding,no-user-rc,from=\"10.0.0.0/8\","
					+ "command=\"echo \\\"hi\\\"\",environment=\"LANG=C\" " + KEY + " alice@desk");
	}

	@Test
	void withholdsWhatAnOldSshdCouldNotKeep() {
		GrantOptions options = new GrantOptions(List.of(), null, false, Set.of(), Map.of(), true);
		DesiredState state = at(NOW, OPENSSH_7_1, grant(1, NOW, null, options));
		assertThat(state.accounts()).isEmpty();
		assertThat(state.withheld()).extracting(WithheldGrant::grant).containsExactly(new GrantId(1));
	}

	@Test
	void knowsFromWhichVersionOnSshdUnderstandsWhat() {
		assertThat(Dialect.of("OpenSSH_7.1p2", ZoneOffset.UTC).restrict()).isFalse();
		assertThat(Dialect.of("OpenSSH_7.2", ZoneOffset.UTC).restrict()).isTrue();
		assertThat(Dialect.of("OpenSSH_7.6p1", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.NONE);
		assertThat(Dialect.of("OpenSSH_7.7p1", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.LOCAL);
		assertThat(Dialect.of("OpenSSH_9.0p1", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.LOCAL);
		assertThat(Dialect.of("OpenSSH_9.1p1 Debian-2", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.UTC);
		assertThat(Dialect.of("OpenSSH_8.1p1", ZoneOffset.UTC).verifyRequired()).isFalse();
		assertThat(Dialect.of("OpenSSH_8.2p1", ZoneOffset.UTC).verifyRequired()).isTrue();
	}

	@Test
	void givesDropbearOnlyWhatItKnows() {
		Dialect dropbear = Dialect.of("dropbear_2022.83", ZoneOffset.UTC);
		GrantOptions command = new GrantOptions(List.of(), "/bin/true", true, Set.of(Permission.PTY), Map.of(), false);
		assertThat(lines(at(NOW, dropbear, grant(1, NOW, NOW.plusSeconds(60), command))))
			.containsExactly("no-port-forwarding,no-agent-forwarding,no-x11-forwarding,command=\"/bin/true\" " + KEY
					+ " alice@desk");
		GrantOptions from = new GrantOptions(List.of("10.0.0.0/8"), null, false, Set.of(), Map.of(), false);
		DesiredState state = at(NOW, dropbear, grant(1, NOW, null, from));
		assertThat(state.accounts()).isEmpty();
		assertThat(state.withheld()).singleElement()
			.satisfies((withheld) -> assertThat(withheld.reason()).contains("dropbear"));
	}

	@Test
	void withholdsACommandThatDropbearWouldNotTakeAsItIsMeant() {
		Dialect dropbear = Dialect.of("dropbear_2026.94", ZoneOffset.UTC);
		for (String command : List.of("echo \"two words\"", "echo \"one\"", "\"")) {
			GrantOptions quoted = new GrantOptions(List.of(), command, false, Set.of(), Map.of(), false);
			DesiredState state = at(NOW, dropbear, grant(1, NOW, null, quoted));
			assertThat(state.accounts()).isEmpty();
			assertThat(state.withheld()).singleElement()
				.satisfies((withheld) -> assertThat(withheld.reason()).contains("double quotation mark"));
			assertThat(at(NOW, Dialect.CURRENT, grant(1, NOW, null, quoted)).withheld()).isEmpty();
		}
		GrantOptions single = new GrantOptions(List.of(), "echo 'two words' \\n", false, Set.of(), Map.of(), false);
		assertThat(lines(at(NOW, dropbear, grant(1, NOW, null, single))))
			.containsExactly("command=\"echo 'two words' \\n\" " + KEY + " alice@desk");
	}

	@Test
	void withholdsALineThatDropbearPassesOver() {
		GrantOptions longest = new GrantOptions(List.of(), "x".repeat(2877), false, Set.of(), Map.of(), false);
		GrantOptions tooLong = new GrantOptions(List.of(), "x".repeat(2950), false, Set.of(), Map.of(), false);
		Dialect dropbear = Dialect.of("dropbear", ZoneOffset.UTC);
		assertThat(at(NOW, dropbear, grant(1, NOW, null, longest)).withheld()).isEmpty();
		assertThat(at(NOW, dropbear, grant(1, NOW, null, tooLong)).withheld()).singleElement()
			.satisfies((withheld) -> assertThat(withheld.reason()).contains("no more than 3000"));
		assertThat(at(NOW, Dialect.CURRENT, grant(1, NOW, null, tooLong)).withheld()).isEmpty();
	}

	@Test
	void knowsHowManyLinesAServerReads() {
		assertThat(Dialect.of("dropbear_2026.92", ZoneOffset.UTC).mostLines()).isEqualTo(300);
		assertThat(Dialect.of("dropbear_2027.1", ZoneOffset.UTC).mostLines()).isEqualTo(300);
		assertThat(Dialect.of("dropbear", ZoneOffset.UTC).mostLines()).isEqualTo(300);
		assertThat(Dialect.of("dropbear_2026.91", ZoneOffset.UTC).mostLines()).isEqualTo(Dialect.ANY_NUMBER);
		assertThat(Dialect.of("dropbear_0.52", ZoneOffset.UTC).mostLines()).isEqualTo(Dialect.ANY_NUMBER);
		assertThat(Dialect.of("OpenSSH_10.6p1", ZoneOffset.UTC).mostLines()).isEqualTo(Dialect.ANY_NUMBER);
	}

	@Test
	void reliesOnNothingWithAServerThatItDoesNotKnow() {
		Dialect other = Dialect.of("Go", ZoneOffset.UTC);
		GrantOptions restrict = new GrantOptions(List.of(), null, true, Set.of(), Map.of(), false);
		assertThat(at(NOW, other, grant(1, NOW, null, restrict)).withheld()).hasSize(1);
		assertThat(lines(at(NOW, other, grant(1, NOW, null, GrantOptions.NONE)))).hasSize(1);
	}

	@Test
	void movesTheEndByWhatTheNodesClockIsOff() {
		Dialect ahead = Dialect.CURRENT.allowing(Duration.ofMinutes(2));
		GrantReach grant = grant(1, NOW, NOW.plusSeconds(3600), GrantOptions.NONE);
		String right = lines(at(NOW, Dialect.CURRENT, grant(1, NOW, NOW.plusSeconds(3720), GrantOptions.NONE))).get(0);
		assertThat(lines(at(NOW, ahead, grant))).containsExactly(right);
	}

	@Test
	void saysWhenAnEndDependsOnLatchkey() {
		GrantReach grant = grant(1, NOW, NOW.plusSeconds(60), GrantOptions.NONE);
		assertThat(at(NOW, OPENSSH_7_1, grant).expiryDepends()).isTrue();
		assertThat(at(NOW, OPENSSH_8_4, grant).expiryDepends()).isFalse();
	}

	@Test
	void takesAnUnknownServerToKnowNone() {
		assertThat(Dialect.of("dropbear_2022.83", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.NONE);
		assertThat(Dialect.of("OpenSSH_for_Windows_9.5", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.UTC);
		assertThat(Dialect.of("OpenSSH_10.0p2", ZoneOffset.UTC).expiry()).isEqualTo(ExpirySupport.UTC);
		assertThat(Dialect.of(null, ZoneOffset.UTC).restrict()).isFalse();
	}

	private static DesiredState at(Instant now, Dialect dialect, GrantReach... grants) {
		return records(List.of(grants), null).at(now, dialect);
	}

	private static NodeRecords records(List<GrantReach> grants, @Nullable Instant keyEnd) {
		IdentityId alice = new IdentityId(3);
		IdentityKey key = new IdentityKey(key(), "alice@desk", NOW.minus(Duration.ofDays(1)), keyEnd);
		return new NodeRecords(grants, Map.of(new TeamId(7), Set.of(alice)),
				Map.of(alice, List.of(new HeldKey(alice, "alice", key))), Map.of(), List.of());
	}

	private static PublicKey key() {
		try {
			return PublicKey.parse(KEY);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static GrantReach grant(long id, Instant start, @Nullable Instant end, GrantOptions options) {
		return new GrantReach(new GrantId(id), Subject.Kind.IDENTITY, 3, Target.Kind.NODE, 1, "deploy", start, end,
				options);
	}

	private static List<String> lines(DesiredState state) {
		return state.linesOf("deploy").stream().map(DesiredLine::text).toList();
	}

}
