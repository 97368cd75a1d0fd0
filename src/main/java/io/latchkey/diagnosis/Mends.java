package io.latchkey.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.MendPath;
import io.latchkey.conversation.changes.MendResult;
import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.delivery.Deliveries;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.diagnosis.Diagnosis.Result;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Reconciler;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Puts right on nodes what keeps people out, when somebody has seen just that and
 * confirmed it, and undoes it again.
 */
@Service
public class Mends {

	/** How long the check that follows is waited for; it goes on by itself. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Doctor doctor;

	private final Nodes nodes;

	private final NodeConnector connector;

	private final MendWork work;

	private final MendLog log;

	private final DesiredStates desiredStates;

	private final Reconciler reconciler;

	private final Deliveries deliveries;

	private final CurrentActor actor;

	Mends(Doctor doctor, Nodes nodes, NodeConnector connector, MendWork work, MendLog log, DesiredStates desiredStates,
			Reconciler reconciler, Deliveries deliveries, CurrentActor actor) {
		this.doctor = doctor;
		this.nodes = nodes;
		this.connector = connector;
		this.work = work;
		this.log = log;
		this.desiredStates = desiredStates;
		this.reconciler = reconciler;
		this.deliveries = deliveries;
		this.actor = actor;
	}

	/** What was put right on a node, the latest first. */
	public List<Mend> of(NodeId node) {
		return this.log.of(node);
	}

	/**
	 * @throws io.latchkey.core.NotFoundException when there is no such mend of that node
	 */
	public Mend get(NodeId node, long id) {
		return this.log.get(node, id);
	}

	/**
	 * Looks anew, does just what is meant, has the node checked, and looks again.
	 * @param digest of a {@link MendPlan} that a diagnosis has shown
	 * @throws MendOutdatedException when nothing that is found now has that plan
	 * @throws MendReservedException when it takes an admin
	 * @throws InvalidInputException when it could not be done
	 * @throws NodeException when the node does not answer
	 */
	public MendOutcome apply(String nodeName, String account, @Nullable String identity, String digest) {
		NoTransaction.require();
		Node node = this.doctor.enrolled(nodeName, account);
		requireNotObserved(node);
		Applied applied;
		try (NodeConversation conversation = connect(node)) {
			applied = apply(conversation, node, this.doctor.examine(conversation, node, account, identity), digest);
		}
		check(node);
		Doctor.Examined after = this.doctor.examine(node, account, identity);
		this.log.settle(applied.mend(), settling(node, after.facts(), applied.content()).of(applied.mend().steps()));
		this.doctor.keep(node, after.diagnosis());
		return new MendOutcome(this.log.get(node.id(), applied.mend().id()), after.diagnosis());
	}

	/** What was done, and what stood in the file of keys right after it. */
	private record Applied(Mend mend, @Nullable AuthorizedKeysFile content) {

	}

	private Applied apply(NodeConversation conversation, Node node, Doctor.Examined examined, String digest) {
		Result found = examined.diagnosis()
			.checks()
			.stream()
			.filter((check) -> check.mend() != null && check.mend().digest().equals(digest))
			.findFirst()
			.orElseThrow(() -> new MendOutdatedException(node.name()));
		MendPlan plan = Objects.requireNonNull(found.mend());
		requireAllowed(plan.asRoot());
		List<MendStep> steps = plan.steps().stream().map(Mends::named).toList();
		String account = examined.facts().account();
		Mend begun = this.log.begin(node, examined.diagnosis(), plan, steps, String.valueOf(found.finding()));
		MendResult result = this.work.apply(conversation, node, account, steps);
		Mend ended = this.log.end(node, begun, why(result), steps);
		requireDone(result, node);
		Visit visit = Visit.at(conversation, account);
		return new Applied(ended, content(visit));
	}

	/** What is kept needs a name before it is. */
	private static MendStep named(MendStep step) {
		boolean isKept = step.kind() == MendStep.Kind.OWN || step.kind() == MendStep.Kind.ASIDE;
		return isKept ? step.keptAs(MendPath.nextToken()) : step;
	}

	/**
	 * Puts back what was there before, where all is as the mend has left it, and looks
	 * again. Nothing is checked afterwards: that comes by itself, and may put right again
	 * what is granted.
	 * @throws io.latchkey.core.NotFoundException when there is no such mend of that node
	 * @throws MendOutdatedException when somebody has changed something meanwhile, or it
	 * is undone already
	 * @throws MendReservedException when it takes an admin
	 */
	public MendOutcome undo(String nodeName, long id) {
		NoTransaction.require();
		Node node = this.nodes.get(nodeName);
		Mend mend = this.log.get(node.id(), id);
		this.doctor.enrolled(nodeName, mend.account());
		requireNotObserved(node);
		requireAllowed(mend.asRoot());
		if (!mend.isUndoable()) {
			throw new MendOutdatedException(nodeName);
		}
		this.log.beginUndoing(node, mend);
		try (NodeConversation conversation = connect(node)) {
			requireDone(this.work.undo(conversation, node, mend.account(), mend.steps()), node);
		}
		Mend undone = this.log.undone(node, mend);
		return new MendOutcome(undone, this.doctor.diagnose(nodeName, mend.account(), mend.identity()));
	}

	private NodeConversation connect(Node node) {
		return this.connector.connectAfresh(Endpoint.of(node),
				new Login(node.management().account(), node.management().privilege(), Secret.ManagementKey.of(node)));
	}

	private void check(Node node) {
		this.reconciler.checkNow(node.id());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	private MendSettling settling(Node node, LoginFacts after, @Nullable AuthorizedKeysFile mended) {
		Visit visit = after.visit();
		if (visit == null) {
			return new MendSettling("", mended, null, Set.of());
		}
		Dialect dialect = Dialect.of(visit.facts().sshVersion(), visit.facts().zone());
		Set<String> own = this.desiredStates.recordsOf(node.id())
			.at(after.now(), dialect)
			.linesOf(after.account())
			.stream()
			.map(DesiredLine::text)
			.collect(Collectors.toSet());
		return new MendSettling(after.file(), mended, content(visit), own);
	}

	private static @Nullable AuthorizedKeysFile content(Visit visit) {
		return visit.files().isEmpty() ? null : visit.files().get(0).content();
	}

	private void requireAllowed(boolean asRoot) {
		if (asRoot && !this.actor.mayAdminister()) {
			throw new MendReservedException();
		}
	}

	private static void requireNotObserved(Node node) {
		if (node.management().mode() == Mode.OBSERVE) {
			throw new InvalidInputException(Fault.of("node", "mend.observed", node.name()));
		}
	}

	private static void requireDone(MendResult result, Node node) {
		if (result instanceof MendResult.Changed) {
			throw new MendOutdatedException(node.name());
		}
		if (result instanceof MendResult.Failed failed) {
			throw new InvalidInputException(Fault.of("", "mend.failed", node.name(), failed.detail()));
		}
	}

	private static @Nullable String why(MendResult result) {
		if (result instanceof MendResult.Failed failed) {
			return failed.detail();
		}
		return (result instanceof MendResult.Changed) ? "something else stands there by now" : null;
	}

}
