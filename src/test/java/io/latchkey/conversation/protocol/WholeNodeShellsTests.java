package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What it costs a node to be looked at as a whole, where nothing has changed. */
class WholeNodeShellsTests {

	private static final int ACCOUNTS = 20;

	/** mksh has no printf of its own, and starts one for each line that it says. */
	static List<String> shells() {
		return NodeSide.isPossible() ? NodeSide.shells().stream().filter((shell) -> !"mksh".equals(shell)).toList()
				: List.of("sh");
	}

	/** The files of all accounts, and whether only root may log in, by one request. */
	@ParameterizedTest
	@MethodSource("shells")
	void isSeenByAHandfulOfProcesses(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible() && NodeSide.isRoot());
		String[] queries = Stream
			.concat(IntStream.range(0, ACCOUNTS).mapToObj((i) -> "a%d %%h/.ssh/authorized_keys".formatted(i)),
					Stream.of("a0 /etc/nologin", "a0 /run/nologin"))
			.toArray(String[]::new);
		try (NodeSide side = NodeSide.under(shell).setUp("""
				mount -t tmpfs -o mode=755 tmpfs /mnt; cp /etc/passwd /mnt/passwd
				for i in $(seq 0 19); do
					echo "a$i:x:$((3000 + i)):3000::/mnt/a$i:/bin/sh" >>/mnt/passwd
					mkdir -p /mnt/a$i/.ssh; echo line >/mnt/a$i/.ssh/authorized_keys; chown -R $((3000 + i)) /mnt/a$i
				done
				mount --bind /mnt/passwd /etc/passwd; export before=$(sh -c 'echo $$')
				""").afterwards("sh -c 'echo $(($$ - before - 1))'").withOwnProcesses().start("all")) {
			assertThat(side.observe(queries)).hasSize(ACCOUNTS + 2);
			// as many as for one account, and what old shells and busybox fork besides
			assertThat(Integer.parseInt(side.end().get(0))).isLessThanOrEqualTo(12);
		}
	}

}
