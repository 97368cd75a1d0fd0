package io.latchkey.audit;

import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The trail of all changes.
 */
@Service
public class AuditTrail {

	private static final int BATCH = 500;

	private final AuditRepository repository;

	private final HeadSeal seal;

	AuditTrail(AuditRepository repository, HeadSeal seal) {
		this.repository = repository;
		this.seal = seal;
	}

	/**
	 * Newest first, whatever order the page asks for.
	 */
	@Transactional(readOnly = true)
	public Page<AuditRecord> list(Pageable page) {
		return list(AuditQuery.ALL, page);
	}

	/**
	 * Those that are asked for, newest first, whatever order the page asks for.
	 */
	@Transactional(readOnly = true)
	public Page<AuditRecord> list(AuditQuery query, Pageable page) {
		return new PageImpl<>(this.repository.newestFirst(query, page), page, this.repository.count(query));
	}

	/**
	 * In their order.
	 * @param sequence of the one before them
	 */
	@Transactional(readOnly = true)
	public List<AuditRecord> after(long sequence, int most) {
		return this.repository.after(sequence, most);
	}

	/**
	 * Checks the chain and the seal of its end; the sequence of the first record that is
	 * changed, missing or added, or empty when it is intact. Where the chain was written
	 * anew, so that only the seal does not fit, it is the last record then.
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public OptionalLong firstBroken() {
		ChainLink link = ChainLink.START;
		List<AuditRecord> batch = this.repository.after(link.sequence(), BATCH);
		while (!batch.isEmpty()) {
			for (AuditRecord read : batch) {
				ChainLink expected = link
					.next(new Entry(read.at(), read.actor(), read.action(), read.subject(), read.detail()));
				if (!expected.equals(new ChainLink(read.sequence(), read.hash()))) {
					return OptionalLong.of(expected.sequence());
				}
				link = expected;
			}
			batch = this.repository.after(link.sequence(), BATCH);
		}
		return firstBroken(link, this.repository.head().orElse(null));
	}

	private OptionalLong firstBroken(ChainLink last, @Nullable ChainHead head) {
		if (head == null || !head.link().equals(last)) {
			return OptionalLong.of(last.sequence() + 1);
		}
		boolean broken = head.brokenAt() != null || !this.seal.fits(head);
		return broken ? OptionalLong.of(head.brokenHere()) : OptionalLong.empty();
	}

}
