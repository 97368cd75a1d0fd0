package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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

	/** A list with more lines to remark upon is none of its format. */
	static final int MOST_REMARKS = 10_000;

	/** What a remark cites of the list. */
	private static final int LONGEST_CITED = 200;

	private final Deadline deadline;

	private final List<ListedNode> nodes = new ArrayList<>();

	private final List<Wrong> wrong = new ArrayList<>();

	private final List<Wrong> passedOver = new ArrayList<>();

	private final Set<Wrong> said = new HashSet<>();

	private boolean refused;

	/**
	 * Something about a line.
	 *
	 * @param line counted from 1
	 */
	public record Wrong(int line, Fault fault) {

	}

	ListedNodes(Deadline deadline) {
		this.deadline = deadline;
	}

	void add(ListedNode node) {
		this.deadline.check();
		if (this.nodes.size() == MOST) {
			refuse(node.line(), "import.many", MOST);
		}
		else {
			this.nodes.add(node);
		}
	}

	void wrong(int line, String code, Object... arguments) {
		remark(this.wrong, line, code, arguments);
	}

	/** Nothing is wrong with it, and no node comes of it. */
	void passOver(int line, String code, Object... arguments) {
		remark(this.passedOver, line, code, arguments);
	}

	private void remark(List<Wrong> remarks, int line, String code, Object... arguments) {
		this.deadline.check();
		Wrong remark = new Wrong(line, fault(code, arguments));
		if (this.refused || !this.said.add(remark)) {
			return;
		}
		if (remarks.size() == MOST_REMARKS) {
			this.wrong.clear();
			refuse(line, "import.remarks", MOST_REMARKS);
			return;
		}
		remarks.add(remark);
	}

	/** Of the whole list no node comes: where it is read wrongly, none is sure. */
	void refuse(int line, String code, Object... arguments) {
		if (!this.refused) {
			this.refused = true;
			this.wrong.add(new Wrong(line, fault(code, arguments)));
		}
	}

	private static Fault fault(String code, Object... arguments) {
		return Fault.of("text", code, Arrays.stream(arguments).map(ListedNodes::cited).toArray());
	}

	boolean isRefused() {
		return this.refused;
	}

	/** To be asked now and then by what takes long. */
	Deadline deadline() {
		return this.deadline;
	}

	private static Object cited(Object argument) {
		return (argument instanceof String text && text.length() > LONGEST_CITED)
				? text.substring(0, LONGEST_CITED) + "…" : argument;
	}

	/** Those of lines with which nothing is wrong. */
	public List<ListedNode> nodes() {
		if (this.refused) {
			return List.of();
		}
		Set<Integer> wrongLines = this.wrong.stream().map(Wrong::line).collect(Collectors.toSet());
		return this.nodes.stream().filter((node) -> !wrongLines.contains(node.line())).toList();
	}

	public List<Wrong> wrong() {
		return List.copyOf(this.wrong);
	}

	public List<Wrong> passedOver() {
		return List.copyOf(this.passedOver);
	}

	/**
	 * The port; null when there is none, or none that can be read, which is noted.
	 * Whether there can be such a port is asked with all else of a node.
	 */
	@Nullable Integer port(int line, @Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		String digits = text.strip();
		if (PortText.isNumber(digits)) {
			return Integer.valueOf(digits);
		}
		wrong(line, "import.port", digits);
		return null;
	}

}
