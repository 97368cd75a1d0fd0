package io.latchkey.diagnosis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.ExamineAccount;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.diagnosis.Diagnosis.Result;
import io.latchkey.diagnosis.Diagnosis.Status;
import io.latchkey.diagnosis.LoginFacts.NearFile;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Finds out why somebody cannot log in to an account of a node. Changes nothing.
 */
@Service
public class Doctor {

	/** Larger ones are no files of keys. */
	private static final int LARGEST_NEAR = 64 * 1024;

	private static final int MOST_NEAR = 6;

	private final Nodes nodes;

	private final LoginRecords records;

	private final NodeConnector connector;

	private final List<Check> checks;

	private final MendPlans mends;

	private final KeptDiagnoses kept;

	private final Findings findings;

	private final Clock clock;

	Doctor(Nodes nodes, LoginRecords records, NodeConnector connector, List<Check> checks, MendPlans mends,
			KeptDiagnoses kept, Findings findings, Clock clock) {
		this.nodes = nodes;
		this.records = records;
		this.connector = connector;
		this.checks = checks.stream().sorted(Comparator.comparing(Check::stage).thenComparing(Check::id)).toList();
		this.mends = mends;
		this.kept = kept;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Asks the node, by one conversation. A node that does not let Latchkey in is an
	 * answer and no exception: then Latchkey's own records are all that is known.
	 * @param identity who cannot log in; null to look at the account alone
	 * @throws InvalidInputException when the account's name is none, or the node is not
	 * enrolled
	 */
	public Diagnosis diagnose(String nodeName, String account, @Nullable String identity) {
		NoTransaction.require();
		Node node = enrolled(nodeName, account);
		Diagnosis diagnosis = examine(node, account, identity).diagnosis();
		keep(node, diagnosis);
		return diagnosis;
	}

	/** Keeps it as the last one of the account. */
	void keep(Node node, Diagnosis diagnosis) {
		this.kept.note(node.id(), List.of(diagnosis));
	}

	/** The node of that name. */
	Node enrolled(String nodeName, String account) {
		AccountName.fault("account", account).ifPresent((fault) -> {
			throw new InvalidInputException(fault);
		});
		return enrolled(nodeName);
	}

	Node enrolled(String nodeName) {
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		return node;
	}

	Examined examine(Node node, String account, @Nullable String identity) {
		LoginFacts facts = this.records.of(node, account, identity);
		if (node.management().privilege() == Privilege.SELF && !account.equals(node.management().account())) {
			return examined(facts, this.findings.text("test.self", account, node.management().account()));
		}
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		try (NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node), login)) {
			return examined(gather(conversation, facts), null);
		}
		catch (NodeException ex) {
			return examined(facts, this.findings.of(ex));
		}
	}

	/** The same in a conversation that is under way. */
	Examined examine(NodeConversation conversation, Node node, String account, @Nullable String identity) {
		return examined(gather(conversation, this.records.of(node, account, identity)), null);
	}

	private Examined examined(LoginFacts facts, @Nullable String detail) {
		return new Examined(facts, diagnosis(facts, detail));
	}

	/** What was gathered, and what follows from it. */
	record Examined(LoginFacts facts, Diagnosis diagnosis) {

	}

	static LoginFacts gather(NodeConversation conversation, LoginFacts facts) {
		Visit visit = Visit.at(conversation, facts.account());
		List<String> read = visit.files().stream().map(Visit.VisitedFile::path).toList();
		String path = read.stream().filter((each) -> !each.isEmpty()).findFirst().orElse("/");
		AccountExamination told = conversation.ask(new ExamineAccount(facts.account(), path));
		List<NearFile> near = new ArrayList<>();
		told.near()
			.stream()
			.filter((file) -> file.isFile() && file.size() > 0 && file.size() <= LARGEST_NEAR)
			.filter((file) -> !read.contains(file.path()) && FileQuery.isAccount(facts.account()))
			.limit(MOST_NEAR)
			.forEach((file) -> content(conversation, facts.account(), file.path())
				.ifPresent((content) -> near.add(new NearFile(file, content))));
		return facts.with(visit, told, near);
	}

	private static Optional<AuthorizedKeysFile> content(NodeConversation conversation, String account, String path) {
		try {
			return Optional.of(AuthorizedKeysFile.parse(conversation.ask(new ReadFile(account, path))));
		}
		catch (NodeException.FileUnreadable ex) {
			return Optional.empty(); // whoever cannot read it was not let in by it either
		}
	}

	/**
	 * @param detail what kept the node from being asked; null when nothing did
	 */
	Diagnosis diagnosis(LoginFacts facts, @Nullable String detail) {
		List<Found> found = new ArrayList<>();
		List<Result> others = new ArrayList<>();
		for (Check check : this.checks) {
			if (facts.visit() == null && check.stage() != Check.Stage.RECORDS) {
				others.add(nothing(check, Status.SKIPPED));
				continue;
			}
			List<Trouble> troubles = check.look(facts);
			troubles.forEach((trouble) -> found.add(new Found(trouble.weight(), result(check, trouble, facts))));
			if (troubles.isEmpty()) {
				others.add(nothing(check, Status.OK));
			}
		}
		found.sort(Comparator.comparing(Found::weight));
		String answer = answer(facts, found, detail);
		List<Result> results = Stream.concat(found.stream().map(Found::result), others.stream()).toList();
		return new Diagnosis(facts.node().name(), facts.account(),
				(facts.identity() != null) ? facts.identity().name() : null, this.clock.instant(),
				facts.visit() != null, detail, answer, results, facts.told().log());
	}

	private record Found(Trouble.Weight weight, Result result) {

	}

	/** What weighs most says why; what may be so is said to be no more than that. */
	private String answer(LoginFacts facts, List<Found> found, @Nullable String detail) {
		String first = found.isEmpty() ? null : found.get(0).result().finding();
		if (first != null && found.get(0).weight() != Trouble.Weight.POSSIBLE) {
			return first;
		}
		if (facts.visit() == null) {
			return this.findings.text("doctor.unseen", facts.node().name(), String.valueOf(detail));
		}
		String code = (facts.identity() != null) ? "doctor.fine.key" : "doctor.fine";
		return (first == null) ? this.findings.text(code, facts.who(), facts.account(), facts.node().name())
				: this.findings.text(code + ".perhaps", facts.who(), facts.account(), facts.node().name(), first);
	}

	private Result nothing(Check check, Status status) {
		return new Result(check.id(), name(check), status, null, List.of(), null, null, null);
	}

	private Result result(Check check, Trouble trouble, LoginFacts facts) {
		Object[] arguments = trouble.arguments().toArray();
		String code = "doctor." + trouble.code();
		return new Result(check.id(), name(check), trouble.certain() ? Status.PROBLEM : Status.WARNING,
				this.findings.text(code, arguments), trouble.seen(), this.findings.text(code + ".rule", arguments),
				this.findings.text(code + ".mend", arguments), this.mends.of(check, trouble, facts));
	}

	private String name(Check check) {
		return this.findings.text("doctor.check." + check.id());
	}

}
