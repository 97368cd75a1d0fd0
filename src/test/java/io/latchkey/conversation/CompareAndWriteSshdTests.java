package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that somebody else changes at the same time. */
@RequiresProgram("sshd")
class CompareAndWriteSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final String ALICE = "/home/alice/.ssh/authorized_keys";

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, TestConnector.KEY.publicKey()));
	}

	@Test
	void whatSomebodyElseWroteMeanwhileIsComparedAsWell() throws IOException {
		String before = Files.readString(file());
		try (NodeConversation conversation = connect()) {
			Appending appending = new Appending(conversation, 1);
			assertThat(new CompareAndWrite(conversation).run("alice", ALICE, appending)).isEqualTo("written");
			assertThat(appending.compared).hasSize(2);
		}
		assertThat(Files.readString(file())).isEqualTo(before + "# other 1\n# latchkey\n");
	}

	@Test
	void aFileThatIsAnotherEachTimeIsLeftToTheOthers() throws IOException {
		try (NodeConversation conversation = connect()) {
			Appending appending = new Appending(conversation, 100);
			assertThat(new CompareAndWrite(conversation).run("alice", ALICE, appending)).isEqualTo("KeepsChanging");
			assertThat(appending.compared).hasSizeBetween(2, 5);
		}
		assertThat(Files.readString(file())).doesNotContain("latchkey\n");
	}

	@Test
	void whereThereIsNoFileAndNoneCanBeNothingIsCompared() throws IOException {
		Path elsewhere = Files.createTempFile("keys", "");
		Files.delete(file());
		Files.createSymbolicLink(file(), elsewhere);
		try (NodeConversation conversation = connect()) {
			Appending appending = new Appending(conversation, 0);
			assertThat(new CompareAndWrite(conversation).run("alice", ALICE, appending)).isEqualTo("NoFile");
			assertThat(appending.compared).isEmpty();
		}
		finally {
			Files.delete(file());
			Files.delete(elsewhere);
		}
	}

	private Path file() {
		return this.node.home("alice").resolve(".ssh/authorized_keys");
	}

	private NodeConversation connect() {
		Endpoint endpoint = new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
		return this.connector.connect(endpoint, new Login("root", Privilege.ROOT, new Secret.ManagementKey()));
	}

	/** Adds a line; meanwhile somebody else does so a number of times. */
	private final class Appending implements FileComparison<String> {

		private final NodeConversation conversation;

		private final int others;

		private final List<String> compared = new ArrayList<>();

		Appending(NodeConversation conversation, int others) {
			this.conversation = conversation;
			this.others = others;
		}

		@Override
		public Optional<String> compare(ObservedFile file, String path) {
			byte[] content = this.conversation.ask(new ReadFile("alice", path));
			this.compared.add(new String(content, StandardCharsets.UTF_8));
			if (this.compared.size() <= this.others) {
				append("# other %d\n".formatted(this.compared.size()));
			}
			byte[] target = (this.compared.get(this.compared.size() - 1) + "# latchkey\n")
				.getBytes(StandardCharsets.UTF_8);
			WriteFile change = new WriteFile("alice", path, ContentHash.of(content), target);
			return (Commit.of(this.conversation.ask(change)) instanceof Commit.Done) ? Optional.of("written")
					: Optional.empty();
		}

		@Override
		public String undone(Commit.Undone why) {
			return why.getClass().getSimpleName();
		}

		private void append(String line) {
			try {
				Files.writeString(file(), Files.readString(file()) + line);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
