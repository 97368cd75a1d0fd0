package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account that swaps its folder and its file for links to what is root's alone, as
 * fast as it can, while root looks at its file, reads and writes it.
 */
@PatientTimeout(seconds = 240)
@RequiresProgram({ "unshare", "setpriv", "perl", "sshd" })
class NodeScriptAdversaryTests {

	private static final int ROUNDS = 200;

	/** Each may take some seconds. */
	private static final int PIPE_ROUNDS = 5;

	private static final String FILE = "/home/alice/.ssh/authorized_keys";

	/** Names, modes, times and contents of what must stay as it is. */
	private static final String CANARIES = """
			mount -t tmpfs -o mode=755 tmpfs /mnt
			{ echo 'alice:x:2001:2001::/home/alice:/bin/sh'; cat /etc/passwd; } >/mnt/passwd
			chmod 644 /mnt/passwd
			mount --bind /mnt/passwd /etc/passwd
			echo 'root:CANARY:20000:0:99999:7:::' >/mnt/shadow
			chmod 600 /mnt/shadow
			mount --bind /mnt/shadow /etc/shadow
			mkdir -m 755 /mnt/home
			mount --bind /mnt/home /home
			mount -t tmpfs -o mode=700 tmpfs /root
			mount -t tmpfs -o mode=755 tmpfs /etc/ssh
			mkdir -m 700 /root/.ssh
			all='/root/.ssh/authorized_keys /etc/ssh/authorized_keys /home/canary'
			for each in $all; do
				echo CANARY >"$each"
				chmod 600 "$each"
				touch -d @1000000000 "$each"
			done
			touch -d @1000000000 /mnt/shadow
			mkdir -p /home/alice/.ssh
			echo old >/home/alice/.ssh/authorized_keys
			chown -R 2001:2001 /home/alice
			canaries() {
				stat -c '%n %a %u %g %s %Y' $all /etc/shadow
				stat -c '%n %a %u %g' /root /root/.ssh /etc/ssh /etc
				cat $all /etc/shadow
				ls -A /root /root/.ssh /etc/ssh
			}
			before=$(canaries)
			""";

	private static final String ADVERSARY = """
			setpriv --reuid=2001 --regid=2001 --clear-groups perl -e '
				chdir "/home/alice" or die;
				sub pause { select(undef, undef, undef, 0.0007) }
				while (getppid() > 1) {
					for my $there ("/root/.ssh", "/etc/ssh", "/root") {
						rename ".ssh", ".real";
						symlink $there, ".ssh";
						pause;
						rename ".ssh", ".junk" . $i++ if -d ".real" && ! -l ".ssh";
						unlink ".ssh";
						rename ".real", ".ssh";
						pause;
					}
					for my $there ("/root/.ssh/authorized_keys", "/etc/shadow", "/etc/ssh/authorized_keys") {
						rename ".ssh/authorized_keys", ".ssh/mine";
						symlink $there, ".ssh/authorized_keys";
						pause;
						rename ".ssh/mine", ".ssh/authorized_keys";
						pause;
					}
					rename ".ssh/authorized_keys", ".ssh/mine";
					link "/home/canary", ".ssh/authorized_keys";
					pause;
					rename ".ssh/mine", ".ssh/authorized_keys";
					# long enough for a write now and then
					select(undef, undef, undef, rand(0.3)) if rand() < 0.2;
				}
			' </dev/null >/dev/null 2>&1 &
			adversary=$!
			""";

	@Test
	void getsNothingOfRootsWhateverItSwaps() throws IOException {
		needsRoot();
		int written = 0;
		int thwarted = 0;
		try (NodeSide side = NodeSide.under("dash").setUp(CANARIES + ADVERSARY).afterwards("""
				kill -0 "$adversary" && echo lived
				kill "$adversary"
				if [ "$before" = "$(canaries)" ]; then echo untouched; else canaries; fi
				""").start("all")) {
			for (int round = 0; round < ROUNDS; round++) {
				String observed = side.observe("alice %h/.ssh/authorized_keys").get(0);
				assertThat(observed).matches("account alice [a-z-]+ ([0-9a-f]{64}|-) " + FILE);
				Optional<byte[]> content = side.tryToRead("alice", FILE);
				assertThat(content.map((bytes) -> new String(bytes, StandardCharsets.UTF_8)).orElse(""))
					.doesNotContain("CANARY");
				String answer = write(side, round, content.map(ContentHash::of).orElse(null));
				assertThat(answer).matches("(written|held|changed|failed) .*").doesNotContain("CANARY");
				if (answer.matches("(written|held) .*")) {
					written++;
				}
				else {
					thwarted++;
				}
			}
			assertThat(side.end()).containsExactly("lived", "untouched");
		}
		assertThat(written).as("rounds that wrote").isPositive();
		assertThat(thwarted).as("rounds that the account spoiled").isPositive();
	}

	/**
	 * Whoever opens it waits for somebody who writes to it, or goes on reading for ever.
	 */
	@Test
	void holdsUpNobodyElseByAFileThatBecomesAPipe() throws IOException {
		needsRoot();
		String others = ContentHash.of("others\n".getBytes(StandardCharsets.UTF_8));
		try (NodeSide side = NodeSide.under("dash").setUp(CANARIES + """
				echo 'bob:x:2002:2002::/home/bob:/bin/sh' >>/mnt/passwd
				mkdir -p /home/bob/.ssh
				echo others >/home/bob/.ssh/authorized_keys
				chown -R 2002:2002 /home/bob
				setpriv --reuid=2001 --regid=2001 --clear-groups perl -e '
					use POSIX;
					chdir "/home/alice/.ssh" or die;
					POSIX::mkfifo("pipe", 0600);
					while (getppid() > 1) {
						rename "authorized_keys", "mine";
						link "pipe", "authorized_keys";
						select(undef, undef, undef, 0.0005);
						unlink "authorized_keys";
						rename "mine", "authorized_keys";
						select(undef, undef, undef, 0.0005);
					}
				' </dev/null >/dev/null 2>&1 &
				adversary=$!
				""").afterwards("kill $adversary; cat /home/bob/.ssh/*").start("all")) {
			for (int round = 0; round < PIPE_ROUNDS; round++) {
				List<String> answers = side.observeAll("alice %h/.ssh/authorized_keys", "bob %h/.ssh/authorized_keys");
				assertThat(answers.get(0)).matches("account alice [a-z-]+ ([0-9a-f]{64}|-) " + FILE);
				assertThat(answers.get(1))
					.isEqualTo("account bob file %s /home/bob/.ssh/authorized_keys".formatted(others));
				assertThat(answers).anyMatch((line) -> line.matches("config [0-9a-f]{64} /etc/passwd"));
				side.tryToRead("alice", FILE);
				assertThat(side.write("alice", null, "new".getBytes(StandardCharsets.UTF_8), FILE))
					.matches("(written|changed|failed) .*");
			}
			assertThat(side.end()).containsExactly("others");
		}
	}

	private static void needsRoot() {
		if (!NodeSide.isRoot()) {
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException("Not root; under CI=true nothing may be skipped");
			}
			Assumptions.abort("Accounts of their own take root");
		}
	}

	private static String write(NodeSide side, int round, @Nullable String expected) {
		byte[] bytes = "ssh-ed25519 AAAA round %d%n".formatted(round).getBytes(StandardCharsets.UTF_8);
		if (round % 10 == 0) {
			return side.hold("0123456789abcd%02x".formatted(round), 1, "alice", expected, bytes, FILE);
		}
		return side.write("alice", expected, bytes, FILE);
	}

}
