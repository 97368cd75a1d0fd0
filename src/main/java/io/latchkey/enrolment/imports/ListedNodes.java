package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a list: the nodes in its order, and what is wrong with which line.
 */
public final class ListedNodes {

	/** More than anybody has in one list; beyond, a range was mistyped. */
	static final int MOST = 20_000;

	private final List<ListedNode> nodes = new ArrayList<>();

	private final List<Wrong> wrong = new ArrayList<>();

	private final List<Wrong> passedOver = new ArrayList<>();

	/**
	 * Something about a line.
	 *
	 * @param line counted from 1
	 */
	public record Wrong(int line, Fault fault) {

	}

	void add(ListedNode node) {
		if (this.nodes.size() < MOST) {
			this.nodes.add(node);
		}
		else if (this.nodes.size() == MOST
				&& this.wrong.stream().noneMatch((each) -> each.fault().code().equals("import.many"))) {
			wrong(node.line(), "import.many", MOST);
		}
	}

	void wrong(int line, String code, Object... arguments) {
		this.wrong.add(new Wrong(line, Fault.of("text", code, arguments)));
	}

	/** Nothing is wrong with it, and no node comes of it. */
	void passOver(int line, String code, Object... arguments) {
		this.passedOver.add(new Wrong(line, Fault.of("text", code, arguments)));
	}

	/** Those of lines with which nothing is wrong. */
	public List<ListedNode> nodes() {
		Set<Integer> wrongLines = this.wrong.stream().map(Wrong::line).collect(Collectors.toSet());
		return this.nodes.stream().filter((node) -> !wrongLines.contains(node.line())).toList();
	}

	public List<Wrong> wrong() {
		return List.copyOf(this.wrong);
	}

	public List<Wrong> passedOver() {
		return List.copyOf(this.passedOver);
	}

	/** The port; null when there is none, or none that can be read, which is noted. */
	@Nullable Integer port(int line, @Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		if (text.strip().matches("\\d{1,5}")) {
			return Integer.valueOf(text.strip());
		}
		wrong(line, "import.port", text);
		return null;
	}

}
