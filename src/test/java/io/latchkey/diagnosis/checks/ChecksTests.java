package io.latchkey.diagnosis.checks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.AccountExamination.DiskRoom;
import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
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

/** Causes that a test's machine cannot have, by the words of the real tools. */
class ChecksTests {

	private static final String FOLDER = "/home/deploy/.ssh";

	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	@Test
	void namesTheLabelThatSelinuxWants() {
		String word = "Would relabel " + FOLDER + "/authorized_keys from unconfined_u:object_r:default_t:s0 to "
				+ "unconfined_u:object_r:ssh_home_t:s0";
		assertThat(look(new SelinuxCheck(), told(null, true, List.of(word), List.of(), List.of(), List.of())))
			.singleElement()
			.satisfies((trouble) -> {
				assertThat(trouble.certain()).isTrue();
				assertThat(trouble.seen()).extracting((seen) -> seen.text()).containsExactly(word);
			});
		assertThat(look(new SelinuxCheck(), told(null, false, List.of(word), List.of(), List.of(), List.of())))
			.singleElement()
			.matches((trouble) -> !trouble.certain());
		assertThat(look(new SelinuxCheck(), told(null, null, List.of(), List.of(), List.of(), List.of()))).isEmpty();
	}

	@Test
	void tellsAFullDiskFromOneWithoutInodesAndOneThatIsReadOnly() {
		assertThat(codes(new DiskCheck(), room(0, 10, 5, true))).containsExactly("disk.full");
		assertThat(codes(new DiskCheck(), room(9, 10, 0, true))).containsExactly("disk.inodes");
		assertThat(codes(new DiskCheck(), room(9, 0, 0, true))).as("a file system that counts none").isEmpty();
		assertThat(codes(new DiskCheck(), room(9, 10, 5, false))).containsExactly("disk.read-only");
		assertThat(codes(new DiskCheck(), room(9, 10, 5, true))).isEmpty();
	}

	@Test
	void saysThatAnAgentOfferedTooManyKeys() {
		String line = "2026-03-03T12:00:00 web1 sshd[811]: error: maximum authentication attempts exceeded for deploy from "
				+ "192.0.2.9 port 4711 ssh2 [preauth]";
		assertThat(codes(new MaxAuthTriesCheck(), told(null, null, List.of(), List.of(), List.of(), List.of(line))))
			.containsExactly("many-keys");
		assertThat(codes(new MaxAuthTriesCheck(),
				told(null, null, List.of(), List.of("maxauthtries 2"), List.of(), List.of())))
			.containsExactly("many-keys.few");
		assertThat(codes(new MaxAuthTriesCheck(),
				told(null, null, List.of(), List.of("maxauthtries 6"), List.of(), List.of())))
			.isEmpty();
	}

	@Test
	void namesTheCommandThatSaysWhichKeysLetIn() {
		assertThat(look(new KeysCommandCheck(),
				told(null, null, List.of(), List.of("authorizedkeyscommand /usr/bin/sss_ssh_authorizedkeys"), List.of(),
						List.of())))
			.singleElement()
			.satisfies((trouble) -> assertThat(trouble.arguments()).contains("/usr/bin/sss_ssh_authorizedkeys"));
		assertThat(codes(new KeysCommandCheck(),
				told(null, null, List.of(), List.of("authorizedkeyscommand none"), List.of(), List.of())))
			.isEmpty();
	}

	@Test
	void looksAtAccessRulesOnlyWherePamIsAsked() {
		List<ConfigurationLine> lines = List.of(
				new ConfigurationLine("/etc/pam.d/sshd", 9, "account  required     pam_access.so"),
				new ConfigurationLine("/etc/security/access.conf", 3, "-:ALL EXCEPT root:ALL"));
		assertThat(look(new PamCheck(), told(null, null, List.of(), List.of("usepam yes"), lines, List.of())))
			.singleElement()
			.satisfies((trouble) -> {
				assertThat(trouble.arguments()).contains("pam_access");
				assertThat(trouble.seen()).hasSize(2);
			});
		assertThat(codes(new PamCheck(), told(null, null, List.of(), List.of("usepam no"), lines, List.of())))
			.isEmpty();
		assertThat(codes(new PamCheck(),
				told(null, null, List.of(), List.of("usepam yes"), lines.subList(0, 1), List.of())))
			.isEmpty();
	}

	@Test
	void namesTheLineOfHostsDeny() {
		assertThat(
				codes(new HostsDenyCheck(),
						told(null, null, List.of(), List.of(),
								List.of(new ConfigurationLine("/etc/hosts.deny", 1, "ALL: ALL")), List.of())))
			.containsExactly("hosts-deny");
		assertThat(
				codes(new HostsDenyCheck(),
						told(null, null, List.of(), List.of(),
								List.of(new ConfigurationLine("/etc/hosts.deny", 1, "vsftpd: ALL")), List.of())))
			.isEmpty();
	}

	private static List<String> codes(Check check, AccountExamination told) {
		return look(check, told).stream().map(Trouble::code).toList();
	}

	private static List<Trouble> look(Check check, AccountExamination told) {
		Node node = new Node(new NodeId(1), "web1", new Node.Route("192.0.2.1", 22, false, null),
				new Node.Management("root", Privilege.ROOT, Mode.ADDITIVE, ManagementKeyKind.USUAL), Map.of(),
				List.of(), List.of(), true, 0);
		NodeFacts facts = new NodeFacts(0, NOW, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2p1");
		KeyFiles keyFiles = new KeyFiles(Map.of("deploy", List.of(".ssh/authorized_keys")), Map.of(), Map.of(), true,
				Map.of());
		Visit visit = new Visit(facts, keyFiles, null, true,
				List.of(new Visit.VisitedFile(
						new ObservedFile("deploy", FOLDER + "/authorized_keys", Presence.ABSENT, null), null, null)),
				new KeyLines(Dialect.CURRENT, ZoneOffset.UTC, NOW, "deploy", LoginRules.NONE));
		return check
			.look(new LoginFacts(node, "deploy", null, LoginFacts.OnRecord.NOTHING, NOW, visit, told, List.of()));
	}

	private static AccountExamination room(long blocks, long inodes, long free, boolean writable) {
		return told(new DiskRoom(blocks, inodes, free, writable), null, List.of(), List.of(), List.of(), List.of());
	}

	private static AccountExamination told(@Nullable DiskRoom room, @Nullable Boolean selinux, List<String> relabelled,
			List<String> settings, List<ConfigurationLine> rules, List<String> log) {
		return new AccountExamination(new AccountEntry(2001, 2001, "/home/deploy", "/bin/sh"), null,
				List.of(new ExaminedFile("drwx------", 2001, 2001, 40, FOLDER)), Map.of(), List.of(), room,
				new SshdSettings(settings), List.of(), rules, Map.of(), selinux, relabelled, log, Map.of());
	}

}
