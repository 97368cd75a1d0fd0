package io.latchkey.audit;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.EntityManager;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The records of one transaction. They are written as its last act: the lock on the end
 * of the chain is then held for the shortest time, and always taken after all others, so
 * that two changes never wait for each other.
 */
class PendingRecords implements TransactionSynchronization, Ordered {

	private final AuditRepository repository;

	private final EntityManager entityManager;

	private final List<Entry> entries = new ArrayList<>();

	PendingRecords(AuditRepository repository, EntityManager entityManager) {
		this.repository = repository;
		this.entityManager = entityManager;
	}

	void add(Entry entry) {
		this.entries.add(entry);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.entityManager.flush();
		ChainLink link = this.repository.lockedHead()
			.orElseThrow(() -> new IllegalStateException("The end of the audit trail is missing: audit_head is empty"));
		for (Entry entry : this.entries) {
			link = link.next(entry);
			this.repository.insert(link, entry);
		}
		this.repository.moveHead(link);
		this.entries.clear();
	}

	/**
	 * Holds what came while the commit was under way, too late for a record. That is a
	 * fault of the program and has to be seen.
	 */
	@Override
	public void afterCommit() {
		if (!this.entries.isEmpty()) {
			throw new IllegalStateException("Changes were announced too late to be recorded: " + this.entries);
		}
	}

}
