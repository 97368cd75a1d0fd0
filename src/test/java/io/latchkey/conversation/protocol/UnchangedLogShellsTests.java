package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a look at sshd's log costs a node on which nobody has logged in since. */
class UnchangedLogShellsTests {

	static List<String> shells() {
		return WholeNodeShellsTests.shells();
	}

	@ParameterizedTest
	@MethodSource("shells")
	void costsTwoProcessesAtMost(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible() && NodeSide.isRoot());
		int without = processes(shell, 0);
		assertThat(processes(shell, 3) - without).isLessThanOrEqualTo(3 * 2);
	}

	/** As many as it takes to read the log once, and then so many times again. */
	private static int processes(String shell, int looks) throws IOException {
		try (NodeSide side = NodeSide.under(shell).setUp("""
				mount -t tmpfs -o mode=755 tmpfs /var/log; echo 'sshd: a line' >/var/log/auth.log
				export before=$(sh -c 'echo $$')
				""").afterwards("sh -c 'echo $(($$ - before - 1))'").withOwnProcesses().start("all")) {
			side.learn(NodeScript.Words.SSHD_LOG);
			String[] part = side.ask("log token -").split(" ");
			assertThat(part).startsWith("part", "file").endsWith("/var/log/auth.log");
			assertThat(List.of(side.line(), side.line(), side.line(), side.line())).containsExactly("sshd: a line", "",
					"token", "logged");
			for (int i = 0; i < looks; i++) {
				assertThat(side.ask("log token file %s %s %s".formatted(part[2], part[4], part[5])))
					.isEqualTo("logged");
			}
			return Integer.parseInt(side.end().get(0));
		}
	}

}
