package io.latchkey.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Seals a trail that has no seal: a new one, and one that an earlier version kept. The
 * latter says so in the log, since a seal that somebody took away looks the same. Who
 * records comes after.
 */
@Component
class FirstSeal implements InitializingBean {

	private static final Logger log = LoggerFactory.getLogger(FirstSeal.class);

	private final AuditRepository repository;

	private final HeadSeal seal;

	private final TransactionOperations transactions;

	FirstSeal(AuditRepository repository, HeadSeal seal, TransactionOperations transactions) {
		this.repository = repository;
		this.seal = seal;
		this.transactions = transactions;
	}

	@Override
	public void afterPropertiesSet() {
		this.transactions.executeWithoutResult((status) -> sealWhereThereIsNone());
	}

	private void sealWhereThereIsNone() {
		this.repository.lockedHead().filter((head) -> head.seal() == null).ifPresent((head) -> {
			this.repository.moveHead(this.seal.seal(head.link(), head.brokenAt()));
			if (head.sequence() > 0) {
				log.warn("The audit trail had no seal. Its {} records are sealed from now on; "
						+ "what they said before this start is not proved by it", head.sequence());
			}
		});
	}

}
