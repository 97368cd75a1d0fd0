package io.latchkey.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.ExamineAccount;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.ShadowEntry;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real node tells of an account whose logins fail. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class AccountExaminationSshdTests {

	private static final String FILE = "/home/alice/.ssh/authorized_keys";

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(20)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, TestConnector.KEY.publicKey()));
		this.node.runInside("cp", "/mnt/node/sshd_config", "/mnt/before");
	}

	@AfterEach
	void restore() {
		this.node.runInside("cp", "/mnt/before", "/mnt/node/sshd_config");
		this.node.runInside("sh", "-c", "find /home/alice -mindepth 1 -delete; chmod 750 /home/alice");
		this.connector.close();
	}

	@Test
	void tellsOfTheAccountAndTheWayToItsFile() {
		this.node.runInside("chmod", "770", "/home/alice");
		AccountExamination told = examine("alice");
		assertThat(told.entry()).isNotNull();
		assertThat(told.entry().home()).isEqualTo("/home/alice");
		assertThat(told.entry().shell()).isEqualTo("/bin/sh");
		assertThat(told.shadow()).isEqualTo(new ShadowEntry(ShadowEntry.Password.THERE, 20000L, 99999L, null, null));
		assertThat(told.steps()).extracting(AccountExamination.ExaminedFile::path)
			.containsExactly("/", "/home", "/home/alice", "/home/alice/.ssh", FILE);
		assertThat(told.steps().get(2).mode()).isEqualTo("drwxrwx---");
		assertThat(told.room()).isNotNull().satisfies((room) -> {
			assertThat(room.writable()).isTrue();
			assertThat(room.blocks()).isPositive();
		});
		assertThat(told.broken()).isEmpty();
		assertThat(told.settings().lines()).anyMatch((line) -> line.startsWith("maxauthtries "));
	}

	@Test
	void namesTheLinesOfTheConfigurationWithTheirNumbers() {
		this.node.runInside("sed", "-i", "1 i # first\\nAllowUsers root deploy", "/mnt/node/sshd_config");
		assertThat(examine("alice").rules())
			.contains(new AccountExamination.ConfigurationLine("/mnt/node/sshd_config", 2, "AllowUsers root deploy"));
	}

	@Test
	void showsTheLineThatSshdDoesNotTake() {
		this.node.runInside("sed", "-i", "1 i # first\\nPermitRotLogin yes", "/mnt/node/sshd_config");
		AccountExamination told = examine("alice");
		assertThat(told.broken()).first().asString().contains("line 2").contains("PermitRotLogin");
		assertThat(told.rules())
			.contains(new AccountExamination.ConfigurationLine("/mnt/node/sshd_config", 2, "PermitRotLogin yes"));
	}

	@Test
	void tellsWhatSshdLoggedOfTheAccount() {
		this.node.runInside("chmod", "777", "/home/alice");
		assertThat(Ssh.to(this.node).letsIn("alice", SshKeys.generate())).isFalse();
		assertThat(examine("alice").log())
			.anySatisfy((line) -> assertThat(line).contains("bad ownership or modes").contains("/home/alice"));
	}

	@Test
	void findsNamesThatAreNearlyRight() {
		this.node.runInside("sh", "-c", """
				cd /home/alice/.ssh && mkdir .ssh keys && touch authorised_keys authorized_keys.txt .ssh/authorized_keys
				touch keys/laptop.pub id_rsa ../authorized_keys && chown -R alice: .""");
		assertThat(examine("alice").near()).extracting(AccountExamination.ExaminedFile::path)
			.containsExactlyInAnyOrder("/home/alice/authorized_keys", FILE, "/home/alice/.ssh/authorised_keys",
					"/home/alice/.ssh/authorized_keys.txt", "/home/alice/.ssh/.ssh/authorized_keys",
					"/home/alice/.ssh/keys/laptop.pub");
	}

	@Test
	void tellsOfNoAccountThatIsNotThere() {
		AccountExamination told = examine("nobodyknows");
		assertThat(told.entry()).isNull();
		assertThat(told.steps()).isEmpty();
	}

	/** Its home holds links, pipes, more names than anybody reads, and worse ones. */
	@Test
	void isNotHeldUpByAHome() throws IOException {
		this.node.runInside("sh", "-c", """
				cd /home/alice && rm -r .ssh && ln -s / .ssh && mkfifo authorised_keys
				seq 100000 | sed s/^/authorized_keys/ | xargs touch
				: >"authorized_keys
				entry 0 0 forged" ; : >"$(printf 'authorized_keys\\377\\033[31m')"
				chown -h alice: .ssh""");
		AccountExamination told = examine("alice");
		assertThat(told.near()).hasSizeLessThanOrEqualTo(40);
		assertThat(told.links()).containsEntry("/home/alice/.ssh", "/");
		assertThat(told.entry()).isNotNull().extracting(AccountExamination.AccountEntry::home).isEqualTo("/home/alice");
	}

	/** A user's rights show nothing more than sshd would see with them. */
	@Test
	void looksWithTheRightsOfTheAccount() throws IOException {
		Path secret = this.node.home("root").resolve("authorized_keys");
		Files.writeString(secret, "ssh-ed25519 AAAA secret\n");
		this.node.runInside("sh", "-c", "rm -r /home/alice/.ssh && ln -s /root /home/alice/.ssh");
		AccountExamination told = examine("alice");
		assertThat(told.near()).extracting(AccountExamination.ExaminedFile::path)
			.doesNotContain("/home/alice/.ssh/authorized_keys");
		Files.delete(secret);
	}

	/** Words that were learned before stay known. */
	@Test
	void forgetsNoWordsWhenSshdIsAskedForItsFiles() {
		this.node.runInside("sh", "-c",
				"mkdir -p /mnt/more && echo 'Match User bob' >/mnt/more/a && sed -i '$ a Include /mnt/more/a' /mnt/node/sshd_config");
		try (NodeConversation conversation = connect()) {
			conversation.ask(new ExamineAccount("alice", FILE));
			conversation.ask(new FindKeyFiles(List.of("alice")));
			assertThat(conversation.ask(new ExamineAccount("alice", FILE)).steps()).hasSize(5);
		}
	}

	@Test
	void asTheAccountAloneItTellsWhatThatMaySee() {
		try (NodeConversation conversation = this.connector.connect(endpoint(),
				new Login("alice", Privilege.SELF, new Secret.ManagementKey()))) {
			AccountExamination told = conversation.ask(new ExamineAccount("alice", FILE));
			assertThat(told.steps()).hasSize(5);
			assertThat(told.shadow()).isNull();
		}
	}

	private AccountExamination examine(String account) {
		try (NodeConversation conversation = connect()) {
			return conversation.ask(new ExamineAccount(account, "/home/" + account + "/.ssh/authorized_keys"));
		}
	}

	private NodeConversation connect() {
		return this.connector.connect(endpoint(), new Login("root", Privilege.ROOT, new Secret.ManagementKey()));
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

}
