package io.latchkey.sshd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

import org.jspecify.annotations.Nullable;

/**
 * Real sshd nodes for the tests of a class, started before the first and gone after the
 * last. A failed test shows what they logged. Registered in a static field, on a class
 * that {@code RequiresProgram("sshd")}.
 */
public final class SshdNodes implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

	private static final int HOSTS = 250;

	private static final int MOST_ADDRESSES = HOSTS * 250;

	private final int count;

	private final List<String> configuration = new ArrayList<>();

	private final List<SshdNode> nodes = new ArrayList<>();

	private SshdLog log = SshdLog.FILE;

	private boolean ownAccounts;

	private int addressesEach = 1;

	private @Nullable TemporaryFolder folder;

	private SshdNodes(int count) {
		this.count = count;
	}

	public static SshdNodes count(int count) {
		return new SshdNodes(count);
	}

	/** A line for {@code sshd_config}, before all others: the first value counts. */
	public SshdNodes configure(String line) {
		this.configuration.add(line);
		return this;
	}

	/**
	 * The tests need the accounts root, deploy, alice and latchkey: they are skipped
	 * where the tests do not run as root.
	 */
	public SshdNodes withOwnAccounts() {
		this.ownAccounts = true;
		return this;
	}

	/** Takes accounts of their own. */
	public SshdNodes loggingTo(SshdLog log) {
		this.log = log;
		return withOwnAccounts();
	}

	/** Each node listens on so many addresses, as if it were several. */
	public SshdNodes onAddresses(int addressesEach) {
		this.addressesEach = addressesEach;
		return this;
	}

	public SshdNode get(int index) {
		return this.nodes.get(index);
	}

	public SshdNode first() {
		return get(0);
	}

	public List<SshdNode> all() {
		return List.copyOf(this.nodes);
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		if (!this.nodes.isEmpty()) {
			return;
		}
		Isolation isolation = Isolation.possible();
		if (this.ownAccounts && isolation != Isolation.OWN_ACCOUNTS) {
			Assumptions.abort("Nodes with accounts of their own take root and the right to mount");
		}
		TemporaryFolder made = new TemporaryFolder("latchkey-sshd");
		this.folder = made;
		int network = ThreadLocalRandom.current().nextInt(1, 250);
		int first = ThreadLocalRandom.current().nextInt(MOST_ADDRESSES - this.count * this.addressesEach);
		try {
			for (int i = 0; i < this.count; i++) {
				SshdNode node = new SshdNode(made.path().resolve("node" + (i + 1)), isolation,
						addresses(network, first + i), this.configuration);
				this.nodes.add(node);
				node.logTo(this.log);
				node.start();
			}
		}
		catch (IOException | RuntimeException ex) {
			afterAll(context);
			throw ex;
		}
	}

	private List<String> addresses(int network, int first) {
		return IntStream.range(0, this.addressesEach)
			.map((each) -> first + each * this.count)
			.mapToObj((number) -> "127.%d.%d.%d".formatted(network, number / HOSTS, 1 + number % HOSTS))
			.toList();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.nodes.forEach(SshdNode::stop);
		this.nodes.clear();
		if (this.folder != null) {
			this.folder.close();
			this.folder = null;
		}
	}

	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable throwable) throws Throwable {
		for (SshdNode node : this.nodes) {
			throwable.addSuppressed(new SshdLogged(node));
		}
		throw throwable;
	}

	/** What a node logged, hung onto the failure of a test. */
	private static final class SshdLogged extends RuntimeException {

		private static final long serialVersionUID = 1L;

		SshdLogged(SshdNode node) {
			super("%s logged:%n%s".formatted(node, node.log()), null, false, false);
		}

	}

}
