package io.latchkey.diagnosis.checks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.Dialect;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.KeyLines;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Causes beside sshd and the account, by the words of the real tools, or in the form that
 * their sources print.
 */
class SurroundingChecksTests {

	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	private static final String HEAD = "2026-03-03T11:59:50+0000 web1 sshd[811]: ";

	private final KeyFiles keyFiles = new KeyFiles(Map.of("deploy", List.of(".ssh/authorized_keys")), Map.of(),
			Map.of(), true, Map.of());

	/**
	 * The words of srclimit.c and sshd.c: 9.8 has whole seconds, 10.1 has thousandths.
	 */
	@Test
	void saysSinceWhenAndUntilWhenAnAddressIsPenalised() {
		String begun = HEAD + "srclimit_penalise: ipv4: new 192.0.2.9/32 active penalty of 20 seconds for penalty: "
				+ "failed authentication";
		String dropped = "2026-03-03T11:59:55+0000 web1 sshd[811]: drop connection #0 from [192.0.2.9]:51234 on "
				+ "[192.0.2.1]:22 penalty: failed authentication";
		assertThat(look(new PenaltyCheck(), Surrounding.TURNED, begun, dropped)).singleElement()
			.satisfies((trouble) -> {
				assertThat(trouble.code()).isEqualTo("penalties.until");
				assertThat(trouble.arguments()).containsExactly("192.0.2.9", "2026-03-03T11:59:50Z",
						"2026-03-03T12:00:10Z");
				assertThat(trouble.seen()).extracting((seen) -> seen.text()).containsExactly(begun, dropped);
			});
		assertThat(look(new PenaltyCheck(), Surrounding.TURNED, HEAD
				+ "srclimit_penalise: 2001:db8::/64: activating ipv6 penalty of 1.500 seconds for penalty: caused crash"))
			.singleElement()
			.satisfies((trouble) -> {
				assertThat(trouble.code()).isEqualTo("penalties.over");
				assertThat(trouble.arguments()).startsWith("2001:db8::/64");
			});
		assertThat(codes(new PenaltyCheck(), Surrounding.TURNED,
				"drop connection #3 from [192.0.2.9]:51234 on [192.0.2.1]:22 penalty: exceeded LoginGraceTime"))
			.containsExactly("penalties");
		assertThat(codes(new PenaltyCheck(), Surrounding.TURNED,
				HEAD + "srclimit_penalise: ipv4: new 192.0.2.9/32 deferred penalty of 1 seconds for penalty: x"))
			.isEmpty();
	}

	@Test
	void namesWhoElseTurnsAddressesAway() {
		assertThat(
				codes(new BannedAddressCheck(), Surrounding.FAIL2BAN, "   `- Banned IP list:\t192.0.2.9 198.51.100.7"))
			.containsExactly("bans.fail2ban");
		assertThat(codes(new BannedAddressCheck(), Surrounding.SSHGUARD, "\telements = { 192.0.2.9 }"))
			.containsExactly("bans.sshguard");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL,
				"\t\ttcp dport 22 ip saddr @addr-set-sshd reject with icmp port-unreachable"))
			.containsExactly("bans.firewall");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL, "-A INPUT -p tcp -m tcp --dport 220 -j DROP",
				"-A INPUT -p tcp --dport 443 -j REJECT"))
			.isEmpty();
	}

	@Test
	void namesLimitsThatWereMet() {
		assertThat(codes(new StartupsCheck(), Surrounding.TURNED, HEAD + "error: beginning MaxStartups throttling"))
			.containsExactly("startups");
		assertThat(codes(new GraceTimeCheck(), Surrounding.TURNED,
				HEAD + "fatal: Timeout before authentication for 192.0.2.9 port 51234"))
			.containsExactly("grace-time");
		assertThat(codes(new GraceTimeCheck(), told(Map.of(), List.of("logingracetime 5"), List.of())))
			.containsExactly("grace-time.short");
		assertThat(codes(new GraceTimeCheck(), told(Map.of(), List.of("logingracetime 0"), List.of()))).as("none")
			.isEmpty();
	}

	/** The words of getfacl -pEn, in one line. */
	@Test
	void tellsTheMaskOfAnAclFromTheRightsOfTheGroup() {
		AccountExamination told = told(Map.of(Surrounding.ACL,
				List.of("user::rwx,user:2002:rwx,group::r-x,mask::rwx,other::---,default:user::rwx,"
						+ "default:group::r-x,default:other::--- /home/deploy")),
				List.of(), List.of());
		StrictModesFault fault = new StrictModesFault("/home/deploy", StrictModesFault.Kind.GROUP_WRITABLE);
		assertThat(codes(new AclCheck(), facts(told, fault, Duration.ZERO))).containsExactly("acl");
		assertThat(codes(new AclCheck(), told)).containsExactly("acl.hidden");
		assertThat(codes(new AclCheck(), Surrounding.ACL,
				"user::rwx,user:2002:r-x,group::r-x,mask::r-x,other::--- /home/deploy"))
			.isEmpty();
		assertThat(codes(new AclCheck(), Surrounding.ACL,
				"user::rwx,user:2002:rwx,group::r-x,mask::r-x,other::--- /home/deploy"))
			.as("the mask lets none of it hold")
			.isEmpty();
		assertThat(codes(new AclCheck(), Surrounding.ACL, "user:alice:rwx /home/deploy", "user::rwx $(id) /x"))
			.isEmpty();
	}

	@Test
	void namesWhereTheHomeIsAndWhatIsLeftThere() {
		assertThat(codes(new NetworkHomeCheck(), Surrounding.MOUNT, "nfs4 rw,relatime,vers=4.2,sec=sys"))
			.containsExactly("network-home");
		assertThat(codes(new NetworkHomeCheck(), Surrounding.MOUNT, "nfs4 rw,relatime,vers=4.2,sec=krb5p"))
			.containsExactly("network-home.tickets");
		assertThat(codes(new NetworkHomeCheck(), Surrounding.MOUNT, "ext4 rw,relatime")).isEmpty();
		assertThat(codes(new QuotaCheck(), Surrounding.QUOTA,
				"Disk quotas for user deploy (uid 2001): In block grace period on /dev/sda1"))
			.containsExactly("quota");
	}

	@Test
	void saysThatSystemdListens() {
		List<ConfigurationLine> port = List.of(new ConfigurationLine("/etc/ssh/sshd_config", 3, "Port 2222"));
		List<String> active = List.of("Id=ssh.socket", "ActiveState=active", "Listen=[::]:22 (Stream)");
		assertThat(codes(new SocketCheck(), told(Map.of(Surrounding.SOCKET, active), List.of(), port)))
			.containsExactly("socket");
		assertThat(codes(new SocketCheck(), told(Map.of(Surrounding.SOCKET, active), List.of(), List.of()))).isEmpty();
		assertThat(codes(new SocketCheck(),
				told(Map.of(Surrounding.SOCKET, List.of("ActiveState=inactive")), List.of(), port)))
			.isEmpty();
	}

	@Test
	void asksForTheListOfShellsOnlyWherePamDoes() {
		Map<Surrounding, List<String>> around = Map.of(Surrounding.SHELLS, List.of("/opt/bin/sh"));
		List<ConfigurationLine> asked = List
			.of(new ConfigurationLine("/etc/pam.d/sshd", 4, "auth required pam_shells.so"));
		assertThat(codes(new ShellListCheck(), told(around, List.of("usepam yes"), asked)))
			.containsExactly("shell-list");
		assertThat(codes(new ShellListCheck(), told(around, List.of("usepam no"), asked))).isEmpty();
		assertThat(codes(new ShellListCheck(), told(around, List.of("usepam yes"), List.of()))).isEmpty();
	}

	@Test
	void saysThatTheClockIsOff() {
		AccountExamination told = told(Map.of(), List.of(), List.of());
		assertThat(codes(new ClockCheck(), facts(told, null, Duration.ofMinutes(10)))).containsExactly("clock.ahead");
		assertThat(codes(new ClockCheck(), facts(told, null, Duration.ofHours(-1)))).containsExactly("clock.behind");
		assertThat(codes(new ClockCheck(), facts(told, null, Duration.ofSeconds(5)))).isEmpty();
	}

	@Test
	void namesWhatSshdSaysOfKeysAndOfTheCommandForThem() {
		assertThat(codes(new RevokedKeysCheck(), told(Map.of(Surrounding.TURNED, List.of(HEAD
				+ "error: Authentication key ED25519 SHA256:HxOGc7RFUrxLk+wTLdShk5Sz2mOqZVvmMyufD0gzUoM revoked by "
				+ "file /etc/ssh/revoked")), List.of("revokedkeys /etc/ssh/revoked"), List.of())))
			.containsExactly("revoked-keys");
		Map<Surrounding, List<String>> unsafe = Map.of(Surrounding.TURNED, List
			.of(HEAD + "error: Unsafe AuthorizedKeysCommand \"/opt/keys\": bad ownership or modes for file /opt/keys"));
		assertThat(codes(new KeysCommandFailedCheck(),
				told(unsafe, List.of("authorizedkeyscommand /opt/keys %u"), List.of())))
			.containsExactly("keys-command-failed");
		assertThat(codes(new KeysCommandFailedCheck(), told(unsafe, List.of("authorizedkeyscommand none"), List.of())))
			.as("one that is no more")
			.isEmpty();
		assertThat(codes(new ApparmorCheck(), Surrounding.APPARMOR, "/usr/sbin/sshd (enforce)"))
			.containsExactly("apparmor");
		assertThat(codes(new ApparmorCheck(), Surrounding.APPARMOR, "/usr/sbin/sshd (complain)")).isEmpty();
	}

	private List<Trouble> look(Check check, Surrounding kind, String... lines) {
		return check.look(facts(told(Map.of(kind, List.of(lines)), List.of(), List.of()), null, Duration.ZERO));
	}

	private List<String> codes(Check check, Surrounding kind, String... lines) {
		return look(check, kind, lines).stream().map(Trouble::code).toList();
	}

	private List<String> codes(Check check, AccountExamination told) {
		return codes(check, facts(told, null, Duration.ZERO));
	}

	private static List<String> codes(Check check, LoginFacts facts) {
		return check.look(facts).stream().map(Trouble::code).toList();
	}

	private LoginFacts facts(AccountExamination told, @Nullable StrictModesFault fault, Duration offset) {
		Node node = new Node(new NodeId(1), "web1", new Node.Route("192.0.2.1", 22, false, null),
				new Node.Management("root", Privilege.ROOT, Mode.ADDITIVE, ManagementKeyKind.USUAL), Map.of(),
				List.of(), List.of(), true, 0);
		NodeFacts facts = new NodeFacts(0, NOW, ZoneOffset.UTC, offset, "OpenSSH_10.0p2");
		ObservedFile file = new ObservedFile("deploy", "/home/deploy/.ssh/authorized_keys", Presence.FILE, null, fault,
				false);
		Visit visit = new Visit(facts, this.keyFiles, null, true, List.of(new Visit.VisitedFile(file, null, null)),
				new KeyLines(Dialect.CURRENT, ZoneOffset.UTC, NOW, "deploy", LoginRules.NONE));
		return new LoginFacts(node, "deploy", null, LoginFacts.OnRecord.NOTHING, NOW, visit, told, List.of());
	}

	private static AccountExamination told(Map<Surrounding, List<String>> around, List<String> settings,
			List<ConfigurationLine> rules) {
		return new AccountExamination(new AccountEntry(2001, 2001, "/home/deploy", "/opt/bin/sh"), null, List.of(),
				Map.of(), List.of(), null, new SshdSettings(settings), List.of(), rules, Map.of(), null, List.of(),
				List.of(), around);
	}

}
