package io.latchkey.diagnosis;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what is put right, before anything is touched, so that it can be undone whatever
 * becomes of Latchkey meanwhile; and puts it on record.
 */
@Component
@Transactional
class MendLog {

	private final MendRepository repository;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	MendLog(MendRepository repository, CurrentActor actor, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	@Transactional(readOnly = true)
	List<Mend> of(NodeId node) {
		return this.repository.of(node);
	}

	@Transactional(readOnly = true)
	Mend get(NodeId node, long id) {
		return find(node, id);
	}

	/**
	 * @param steps as they will be undone
	 */
	Mend begin(Node node, Diagnosis diagnosis, MendPlan plan, List<MendStep> steps, String finding) {
		if (!this.repository.lock(node.id())) {
			throw new NotFoundException("node", node.name());
		}
		Mend mend = new Mend(0, diagnosis.account(), diagnosis.identity(), plan.check(), finding, Mend.State.BEGUN,
				plan.asRoot(), this.clock.instant(), this.actor.get().name(), null, null, steps);
		long id = this.repository.insert(node.id(), mend);
		this.events.publishEvent(new MendRecorded(node.name(), "mend-begun", mend));
		return find(node.id(), id);
	}

	/**
	 * On record also where somebody has deleted the node meanwhile.
	 * @param detail why it is not done; null when it is
	 */
	Mend end(Node node, Mend mend, @Nullable String detail, List<MendStep> steps) {
		Mend.State state = (detail == null) ? Mend.State.MENDED : Mend.State.FAILED;
		if (this.repository.end(mend.id(), state, detail, steps)) {
			Mend ended = find(node.id(), mend.id());
			publishEnd(node, ended);
			return ended;
		}
		return this.repository.find(node.id(), mend.id()).orElseGet(() -> {
			Mend ended = mend.ended(state, detail);
			publishEnd(node, ended);
			return ended;
		});
	}

	private void publishEnd(Node node, Mend ended) {
		String what = (ended.state() == Mend.State.MENDED) ? "mended" : "mend-failed";
		this.events.publishEvent(new MendRecorded(node.name(), what, ended));
	}

	/** How it was left when the run that followed had ended. */
	void settle(Mend mend, List<MendStep> steps) {
		this.repository.settle(mend.id(), steps);
	}

	void beginUndoing(Node node, Mend mend) {
		this.events.publishEvent(new MendRecorded(node.name(), "mend-undo-begun", mend));
	}

	/** The same. */
	Mend undone(Node node, Mend mend) {
		boolean noted = this.repository.noteUndone(mend.id(), this.clock.instant(), this.actor.get().name());
		Optional<Mend> left = this.repository.find(node.id(), mend.id());
		if (noted || left.isEmpty()) {
			this.events.publishEvent(new MendRecorded(node.name(), "mend-undone", mend));
		}
		return left.orElse(mend);
	}

	private Mend find(NodeId node, long id) {
		Optional<Mend> found = this.repository.find(node, id);
		return found.orElseThrow(() -> new NotFoundException("mend", Long.toString(id)));
	}

}
