package io.latchkey.audit;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The records of one transaction. They are written as its last act: the lock on the end
 * of the chain is then held for the shortest time, and always taken after all others, so
 * that two changes never wait for each other.
 */
class PendingRecords implements TransactionSynchronization, Ordered {

	private static final Logger log = LoggerFactory.getLogger(PendingRecords.class);

	private final AuditRepository repository;

	private final HeadSeal seal;

	private final EntityManager entityManager;

	private final List<Entry> entries = new ArrayList<>();

	PendingRecords(AuditRepository repository, HeadSeal seal, EntityManager entityManager) {
		this.repository = repository;
		this.seal = seal;
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
		ChainHead head = this.repository.lockedHead()
			.orElseThrow(() -> new IllegalStateException("The end of the audit trail is missing: audit_head is empty"));
		ChainLink link = head.link();
		for (Entry entry : this.entries) {
			link = link.next(entry);
			this.repository.insert(link, entry);
		}
		this.repository.moveHead(this.seal.seal(link, brokenAt(head)));
		this.entries.clear();
	}

	/**
	 * A forged end must neither stop a revocation nor be sealed as if it were whole.
	 */
	private @Nullable Long brokenAt(ChainHead head) {
		if (this.seal.fits(head)) {
			return head.brokenAt();
		}
		log.error("The audit trail was changed by somebody else: the seal of record {} does not fit", head.sequence());
		return head.brokenHere();
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
