package io.latchkey.diagnosis.checks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.Dialect;
import io.latchkey.desired.NodeRecords;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.KeyLines;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.IdentityKey;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.openssh.SshdSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of a person by the addresses from which they come and by the kind of their
 * key, in the words of the real tools.
 */
class PersonChecksTests {

	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	/** A key on a token, made by ssh-keygen -t ed25519-sk. */
	private static final String TOKEN = "sk-ssh-ed25519@openssh.com "
			+ "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAABHNzaDo=";

	private static final String KEY = "ssh-ed25519 "
			+ "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

	@Test
	void saysThatThePersonsAddressIsPenalised() {
		String begun = "2026-03-03T11:59:50+0000 web1 sshd[811]: srclimit_penalise: ipv4: new 192.0.2.9/32 active penalty "
				+ "of 20 seconds for penalty: failed authentication";
		assertThat(look(new PenaltyCheck(), Surrounding.TURNED, begun)).singleElement().satisfies((trouble) -> {
			assertThat(trouble.code()).isEqualTo("penalties.until.theirs");
			assertThat(trouble.weight()).isEqualTo(Trouble.Weight.LIKELY);
			assertThat(trouble.arguments()).containsExactly("192.0.2.9", "2026-03-03T11:59:50Z", "2026-03-03T12:00:10Z",
					"alice");
		});
		assertThat(codes(new PenaltyCheck(), Surrounding.TURNED, begun.replace("192.0.2.9", "192.0.2.8")))
			.containsExactly("penalties.until");
		assertThat(codes(new PenaltyCheck(), Surrounding.TURNED, begun.replace("11:59:50", "11:59:30")))
			.containsExactly("penalties.over");
	}

	/** The try tells from where the person comes. */
	@Test
	void learnsTheAddressFromATry() {
		String tried = "2026-03-03T11:59:40+0000 web1 sshd[9]: Failed publickey for deploy from 198.51.100.7 port 5 ssh2: "
				+ "ED25519 " + identity(KEY).fingerprints().get(0).value();
		LoginFacts facts = facts(KEY, KEY, List.of(),
				Map.of(Surrounding.FAIL2BAN, List.of("   `- Banned IP list:\t198.51.100.7 2001:db8::5")),
				List.of(tried));
		assertThat(new BannedAddressCheck().look(facts)).singleElement().satisfies((trouble) -> {
			assertThat(trouble.code()).isEqualTo("bans.fail2ban.theirs");
			assertThat(trouble.arguments()).containsExactly("web1", "22", "198.51.100.7", "alice");
		});
	}

	/** As nft 1.0.6 and iptables 1.8.9 print them. */
	@Test
	void readsTheRulesOfFirewalls() {
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL,
				"\t\tip saddr 192.0.2.0/24 counter packets 0 bytes 0 drop"))
			.containsExactly("bans.firewall.theirs");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL,
				"-A INPUT -s 192.0.2.9/32 -j REJECT --reject-with icmp-port-unreachable"))
			.containsExactly("bans.firewall.theirs");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL,
				"\t\tmeta l4proto tcp tcp dport { 22, 80 } counter packets 0 bytes 0 drop"))
			.containsExactly("bans.firewall");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL, "\t\tiifname \"eth9\" tcp dport 20-25 drop"))
			.containsExactly("bans.firewall");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL, "-A INPUT -p tcp --dport 20:25 -j DROP"))
			.containsExactly("bans.firewall");
		assertThat(codes(new BannedAddressCheck(), Surrounding.FIREWALL, "\t\tip saddr 203.0.113.5 drop",
				"-A INPUT -s 192.0.2.9/32 -p tcp -m tcp --dport 443 -j DROP", "-P INPUT DROP"))
			.isEmpty();
	}

	@Test
	void saysThatALoginFromThereTookTooLong() {
		assertThat(codes(new GraceTimeCheck(), Surrounding.TURNED,
				"2026-03-03T11:59:50+0000 web1 sshd[811]: fatal: Timeout before authentication for 192.0.2.9 port 5"))
			.containsExactly("grace-time.theirs");
	}

	@Test
	void saysWhatAKeyOnATokenHasToDo() {
		assertThat(hardware(TOKEN, List.of())).containsExactly("hardware-key.touch");
		assertThat(hardware("verify-required " + TOKEN, List.of())).containsExactly("hardware-key.verify");
		assertThat(hardware(TOKEN, List.of("pubkeyauthoptions verify-required")))
			.containsExactly("hardware-key.verify");
		assertThat(hardware("no-touch-required " + TOKEN, List.of("pubkeyauthoptions none"))).isEmpty();
		assertThat(hardware("no-touch-required " + TOKEN, List.of("pubkeyauthoptions touch-required")))
			.containsExactly("hardware-key.touch");
		assertThat(new HardwareKeyCheck().look(facts(KEY, KEY, List.of(), Map.of(), List.of()))).isEmpty();
	}

	/** As systemd's drop-in names it. */
	@Test
	void knowsTheUserDatabaseOfSystemd() {
		assertThat(command("/usr/bin/userdbctl ssh-authorized-keys %u")).containsExactly("keys-command.userdb");
		assertThat(command("/usr/bin/userdbctl user")).containsExactly("keys-command");
		assertThat(command("none")).isEmpty();
	}

	private static List<String> command(String command) {
		return codes(new KeysCommandCheck(),
				facts(KEY, KEY, List.of("authorizedkeyscommand " + command), Map.of(), List.of()));
	}

	private static List<String> hardware(String line, List<String> settings) {
		return codes(new HardwareKeyCheck(), facts(TOKEN, line, settings, Map.of(), List.of()));
	}

	private static List<Trouble> look(Check check, Surrounding kind, String... lines) {
		return check.look(facts(KEY, KEY, List.of(), Map.of(kind, List.of(lines)), List.of()));
	}

	private static List<String> codes(Check check, Surrounding kind, String... lines) {
		return look(check, kind, lines).stream().map(Trouble::code).toList();
	}

	private static List<String> codes(Check check, LoginFacts facts) {
		return check.look(facts).stream().map(Trouble::code).toList();
	}

	private static Identity identity(String key) {
		try {
			return new Identity(new IdentityId(1), "alice", IdentityKind.PERSON, null, null, IdentityStatus.ACTIVE,
					List.of(new IdentityKey(PublicKeyText.parse(key).key(), "", NOW, null)), List.of(), 0);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Alice, who has come from 192.0.2.9, and the line of her key in the file. */
	private static LoginFacts facts(String key, String line, List<String> settings,
			Map<Surrounding, List<String>> around, List<String> log) {
		Node node = new Node(new NodeId(1), "web1", new Node.Route("192.0.2.1", 22, false, null),
				new Node.Management("root", Privilege.ROOT, Mode.ADDITIVE, ManagementKeyKind.USUAL), Map.of(),
				List.of(), List.of(), true, 0);
		NodeFacts facts = new NodeFacts(0, NOW, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_10.0p2");
		AuthorizedKeysFile content = AuthorizedKeysFile.parse((line + "\n").getBytes(StandardCharsets.UTF_8));
		ObservedFile file = new ObservedFile("deploy", "/home/deploy/.ssh/authorized_keys", Presence.FILE, null);
		KeyFiles keyFiles = new KeyFiles(Map.of("deploy", List.of(".ssh/authorized_keys")), Map.of(), Map.of(), true,
				Map.of());
		KeyLines lines = new KeyLines(Dialect.CURRENT, ZoneOffset.UTC, NOW, "deploy", LoginRules.NONE);
		lines.add("/home/deploy/.ssh/authorized_keys", content);
		Visit visit = new Visit(facts, keyFiles, null, true, List.of(new Visit.VisitedFile(file, content, null)),
				lines);
		AccountExamination told = new AccountExamination(new AccountEntry(2001, 2001, "/home/deploy", "/bin/sh"), null,
				List.of(), Map.of(), List.of(), null, new SshdSettings(settings), List.of(), List.of(), Map.of(), null,
				List.of(), log, around);
		return new LoginFacts(node, "deploy", identity(key),
				new LoginFacts.OnRecord(NodeRecords.NONE, List.of(), List.of(), List.of(), List.of("192.0.2.9")), NOW,
				visit, told, List.of());
	}

}
