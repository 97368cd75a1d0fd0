package io.latchkey.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of which nothing is read as long as nobody has touched them.
 */
@RequiresProgram({ "sshd", "setpriv" })
class GlanceSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final List<FileQuery> QUERIES = List.of(new FileQuery("root"), new FileQuery("alice"),
			new FileQuery("deploy", "%h/.ssh/more"));

	private final SshdNode node = nodes.first();

	private final AtomicLong nanoTime = new AtomicLong();

	private final TestConnector connector = TestConnector.of(
			TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
					Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))),
			new Sights(new GlanceProperties(Duration.ofSeconds(60), Duration.ofHours(1)), this.nanoTime::get));

	/** Notes each time that something is hashed. */
	@BeforeAll
	static void countHashing() {
		inside("""
				mkdir -p /mnt/bin
				cat >/mnt/bin/sha256sum <<'EOF'
				#!/bin/sh
				echo hashed >>/mnt/bin/hashed
				exec /usr/bin/sha256sum "$@"
				EOF
				: >/mnt/bin/hashed
				chmod 777 /mnt/bin/hashed
				chmod 755 /mnt /mnt/bin /mnt/bin/sha256sum
				mount --bind /mnt/bin /usr/local/sbin
				""");
	}

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, TestConnector.KEY.publicKey()));
	}

	@Test
	void readsNothingWhereAllIsAsItWas() {
		Observation settled = settle();
		int hashed = hashed();
		Observation glanced = survey();
		assertThat(hashed()).isEqualTo(hashed);
		assertThat(glanced.accounts()).isEqualTo(settled.accounts());
		assertThat(glanced.sshdConfig()).isEqualTo(settled.sshdConfig()).isNotNull();
		assertThat(glanced.facts().now()).isAfter(settled.facts().now());
		assertThat(glanced.facts().clockOffset().abs()).isLessThan(Patience.of(Duration.ofSeconds(2)));
		assertThat(glanced.facts().zone()).isEqualTo(settled.facts().zone());
	}

	@Test
	void readsAgainAfterAWhileAndUntilItHasSettled() {
		survey();
		this.nanoTime.addAndGet(Duration.ofSeconds(59).toNanos());
		int hashed = hashed();
		survey();
		assertThat(hashed()).isGreaterThan(hashed);
		this.nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
		hashed = hashed();
		survey();
		assertThat(hashed()).isGreaterThan(hashed);
		hashed = hashed();
		survey();
		assertThat(hashed()).isEqualTo(hashed);
		this.nanoTime.addAndGet(Duration.ofHours(1).toNanos());
		survey();
		assertThat(hashed()).isGreaterThan(hashed);
	}

	@Test
	void goesOnWithTheScriptAfterAGlance() {
		settle();
		int hashed = hashed();
		try (NodeConversation conversation = connect()) {
			Observation observation = conversation.survey(QUERIES);
			assertThat(hashed()).isEqualTo(hashed);
			String path = "/home/alice/.ssh/authorized_keys";
			byte[] content = "ssh-ed25519 AAAA new\n".getBytes(StandardCharsets.UTF_8);
			assertThat(conversation.survey(QUERIES).accounts()).isEqualTo(observation.accounts());
			assertThat(hashed()).isEqualTo(hashed);
			assertThat(conversation.ask(new WriteFile("alice", path, observation.accounts().get(1).hash(), content)))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(conversation.survey(QUERIES).accounts().get(1).hash()).isEqualTo(ContentHash.of(content));
		}
		assertThat(survey().accounts().get(1).hash())
			.isEqualTo(ContentHash.of("ssh-ed25519 AAAA new\n".getBytes(StandardCharsets.UTF_8)));
	}

	static Stream<String> changes() {
		String alice = "setpriv --reuid=$(id -u alice) --clear-groups sh -c 'cd /home/alice/.ssh; f=authorized_keys; %s'";
		return Stream.of(
				// another file with the same size and time
				alice.formatted("cp -p $f g; sed -i s/ssh/SSH/ g; touch -r $f g; mv g $f"),
				// the same file, written into, and its time set back
				alice.formatted("cp -p $f g; printf SSH | dd of=$f conv=notrunc 2>/dev/null; touch -r g $f; rm g"),
				alice.formatted("chmod 620 $f"), alice.formatted("chmod 770 ."), alice.formatted("mv $f g; ln -s g $f"),
				alice.formatted("rm $f"), alice.formatted("ln $f g"), "chown root /home/alice/.ssh",
				"echo key >/home/deploy/.ssh/more", "echo '# more' >>/etc/ssh/sshd_config; touch -d @0 /etc/passwd",
				"mkdir -p /etc/ssh/sshd_config.d; echo >/etc/ssh/sshd_config.d/more.conf; touch /etc/group",
				"sed 's,/home/alice:,/home/deploy:,' /etc/passwd >/mnt/p; cat /mnt/p >/etc/passwd");
	}

	@ParameterizedTest
	@MethodSource("changes")
	void seesWhateverIsChanged(String change) {
		inside("cat /etc/passwd >/mnt/passwd.before");
		try {
			settle();
			int hashed = hashed();
			inside(change);
			survey();
			assertThat(hashed()).isGreaterThan(hashed);
		}
		finally {
			inside("""
					cat /mnt/passwd.before >/etc/passwd
					rm -rf /home/alice/.ssh /home/deploy/.ssh/more
					""");
		}
	}

	/** Who owns a file there changes it by a mapping, and its time stays. */
	@Test
	void readsEachTimeWhereTheTimesTellNothing() {
		inside("mount -t tmpfs -o mode=755 tmpfs /home/alice");
		try {
			authorize();
			settle();
			int hashed = hashed();
			survey();
			assertThat(hashed()).isGreaterThan(hashed);
		}
		finally {
			inside("umount /home/alice");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobodyknows", "no plain name" })
	void readsEachTimeWhereAGlanceCouldNotTell(String account) {
		List<FileQuery> queries = new ArrayList<>(QUERIES);
		queries.add(new FileQuery(account));
		survey(queries);
		this.nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
		survey(queries);
		int hashed = hashed();
		survey(queries);
		assertThat(hashed()).isGreaterThan(hashed);
	}

	static Stream<Arguments> waysToAFolderThatIsMissing() {
		return Stream.of(Arguments.of("%h/.ssh/some/keys", ":", "mkdir some; echo key >some/keys"),
				Arguments.of("%h/keys/some/keys", "mkdir other; ln -s .ssh/other/folder ../keys",
						"mkdir -p other/folder/some; echo key >../keys/some/keys"),
				Arguments.of("/var/lib/some/%u/keys", "mkdir -p /var/lib/some",
						"mkdir /var/lib/some/alice; echo key >/var/lib/some/alice/keys"));
	}

	/** What makes the folder leaves nothing in the folders that are looked at. */
	@ParameterizedTest
	@MethodSource("waysToAFolderThatIsMissing")
	void seesAFileInAFolderThatWasMissing(String pattern, String before, String after) {
		List<FileQuery> queries = List.of(new FileQuery("root"), new FileQuery("alice", pattern));
		try {
			inside("cd /home/alice/.ssh; " + before);
			survey(queries);
			this.nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
			assertThat(survey(queries).accounts().get(1).presence()).isEqualTo(Presence.ABSENT);
			inside("cd /home/alice/.ssh; " + after);
			assertThat(survey(queries).accounts().get(1).presence()).isEqualTo(Presence.FILE);
		}
		finally {
			inside("rm -rf /home/alice/.ssh /home/alice/keys /var/lib/some");
		}
	}

	static Stream<Arguments> homesThatAreMissing() {
		return Stream.of(Arguments.of(":", "%h/.ssh/authorized_keys", true),
				// what comes to be there leaves nothing in the home's folder
				Arguments.of("ln -s /var/gone /home/gone", "%h/.ssh/authorized_keys", false),
				Arguments.of(":", "/var/lib/some/%u/keys", false));
	}

	/** An account without a home costs the others no reading. */
	@ParameterizedTest
	@MethodSource("homesThatAreMissing")
	void seesAHomeThatWasMissing(String before, String pattern, boolean glances) {
		List<FileQuery> queries = List.of(new FileQuery("root"), new FileQuery("gone", pattern));
		inside("cat /etc/passwd >/mnt/passwd.before; echo 'gone:x:2099:2099::/home/gone:/bin/sh' >>/etc/passwd");
		try {
			inside(before);
			survey(queries);
			this.nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
			assertThat(survey(queries).accounts().get(1).presence()).isEqualTo(Presence.NO_HOME);
			int hashed = hashed();
			survey(queries);
			assertThat(hashed() == hashed).isEqualTo(glances);
			inside("mkdir -p \"$(readlink -m /home/gone)\"");
			assertThat(survey(queries).accounts().get(1).presence()).isNotEqualTo(Presence.NO_HOME);
		}
		finally {
			inside("cat /mnt/passwd.before >/etc/passwd; rm -rf /home/gone /var/gone");
		}
	}

	private Observation settle() {
		survey();
		this.nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
		return survey();
	}

	private Observation survey() {
		return survey(QUERIES);
	}

	private Observation survey(List<FileQuery> queries) {
		try (NodeConversation conversation = connect()) {
			return conversation.survey(queries);
		}
	}

	private NodeConversation connect() {
		return this.connector.connectAfresh(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login("root", Privilege.ROOT, new Secret.ManagementKey()));
	}

	private static int hashed() {
		return inside("cat /mnt/bin/hashed").lines().toList().size();
	}

	private static String inside(String commands) {
		return nodes.first().runInside("sh", "-c", commands).orThrow().output();
	}

}
