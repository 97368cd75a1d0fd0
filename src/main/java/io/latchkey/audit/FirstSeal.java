package io.latchkey.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals a trail that has no seal: a new one, and one that an earlier version kept. The
 * latter says so in the log, since a seal that somebody took away looks the same.
 */
@Component
class FirstSeal {

	private static final Logger log = LoggerFactory.getLogger(FirstSeal.class);

	private final AuditRepository repository;

	private final HeadSeal seal;

	FirstSeal(AuditRepository repository, HeadSeal seal) {
		this.repository = repository;
		this.seal = seal;
	}

	@EventListener(ApplicationStartedEvent.class)
	@Transactional
	public void sealWhereThereIsNone() {
		this.repository.lockedHead().filter((head) -> head.seal() == null).ifPresent((head) -> {
			this.repository.moveHead(this.seal.seal(head.link(), head.brokenAt()));
			if (head.sequence() > 0) {
				log.warn("The audit trail had no seal. Its {} records are sealed from now on; "
						+ "what they said before this start is not proved by it", head.sequence());
			}
		});
	}

}
