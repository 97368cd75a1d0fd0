package io.latchkey.internodefiles;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.internode.AccountMesh;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.runs.Visit;

/**
 * The files of a node's inter-node keys in one run: those that should stand in the
 * accounts' {@code ~/.ssh} come there, those that Latchkey put there and that are not
 * wanted any more go. A user's own {@code config} keeps all its bytes but for one line of
 * Latchkey's; other files of theirs are not touched.
 */
class InterNodeFiles {

	private final Visit visit;

	private final InterNodeTools tools;

	private final SortedMap<String, AccountMesh> wanted;

	private final Map<String, List<String>> placed;

	private final InterNodeTally tally = new InterNodeTally();

	/**
	 * @param placed the names of the files that Latchkey put there, by account
	 */
	InterNodeFiles(Visit visit, Map<String, List<String>> placed, InterNodeTools tools) {
		this.visit = visit;
		this.tools = tools;
		this.wanted = AccountMesh.of(visit.records().mesh());
		this.placed = placed;
	}

	InterNodeOutcome run() {
		Set<String> accounts = new TreeSet<>(this.wanted.keySet());
		accounts.addAll(this.placed.keySet());
		accounts.removeIf((account) -> !isServed(account));
		if (accounts.isEmpty() || this.visit.node().management().mode() == Mode.OBSERVE) {
			return this.tally.outcome();
		}
		if (!this.wanted.isEmpty() && this.visit.node().management().key() != ManagementKeyKind.USUAL) {
			this.tally.warn(text("inter-node.no-ed25519", String.join(", ", this.wanted.keySet())));
		}
		List<WantedFiles> files = accounts.stream().map(this::wantedOf).toList();
		Map<String, Map<String, ObservedFile>> observed = look(files);
		files.forEach((each) -> new InterNodeFolder(this.visit, this.tools, each,
				new ObservedFolder(observed.getOrDefault(each.account(), Map.of())), this.tally)
			.reconcile());
		return this.tally.outcome();
	}

	private boolean isServed(String account) {
		boolean served = this.visit.node().management().privilege() != Privilege.SELF
				|| account.equals(this.visit.node().management().account());
		if (!served) {
			this.tally.noteObstacle(account,
					text("inter-node.privilege", account, this.visit.node().management().account()));
		}
		return served;
	}

	private WantedFiles wantedOf(String account) {
		return new WantedFiles(account, this.wanted.get(account), this.placed.getOrDefault(account, List.of()),
				WantedFiles.knowsInclude(this.visit.conversation().sshVersion()));
	}

	/** At all accounts at once: it is one request, whatever their number. */
	private Map<String, Map<String, ObservedFile>> look(List<WantedFiles> wanted) {
		List<FileQuery> queries = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (WantedFiles files : wanted) {
			for (String name : files.allNames()) {
				queries.add(new FileQuery(files.account(), FolderFile.PATTERN + name));
				names.add(name);
			}
		}
		List<ObservedFile> found = this.visit.conversation().survey(queries).accounts();
		Map<String, Map<String, ObservedFile>> observed = new LinkedHashMap<>();
		for (int i = 0; i < found.size(); i++) {
			observed.computeIfAbsent(found.get(i).account(), (account) -> new LinkedHashMap<>())
				.put(names.get(i), found.get(i));
		}
		return observed;
	}

	private String text(String code, Object... arguments) {
		return this.tools.findings().text(code, arguments);
	}

}
