package io.latchkey.audit;

import java.time.Clock;

import io.latchkey.core.Actor;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.CurrentActor;
import jakarta.persistence.EntityManager;

import org.springframework.context.annotation.DependsOn;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gives each change its record, in the transaction of the change. Refuses changes outside
 * a transaction.
 */
@Component
@DependsOn("firstSeal")
class Recorder {

	private final AuditRepository repository;

	private final HeadSeal seal;

	private final EntityManager entityManager;

	private final CurrentActor currentActor;

	private final Clock clock;

	Recorder(AuditRepository repository, HeadSeal seal, EntityManager entityManager, CurrentActor currentActor,
			Clock clock) {
		this.repository = repository;
		this.seal = seal;
		this.entityManager = entityManager;
		this.currentActor = currentActor;
		this.clock = clock;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	void on(AuditableEvent event) {
		Actor actor = (event.actor() != null) ? event.actor() : this.currentActor.get();
		pending().add(new Entry(this.clock.instant(), actor, event.action(), event.subject(), event.detail()));
	}

	private PendingRecords pending() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(PendingRecords.class::isInstance)
			.map(PendingRecords.class::cast)
			.findFirst()
			.orElseGet(this::register);
	}

	private PendingRecords register() {
		PendingRecords pending = new PendingRecords(this.repository, this.seal, this.entityManager);
		TransactionSynchronizationManager.registerSynchronization(pending);
		return pending;
	}

}
