package io.latchkey.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.latchkey.DataTest;
import io.latchkey.Tables;
import io.latchkey.core.Actor;
import io.latchkey.core.AuditableEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class AuditTrailDataTests {

	@Autowired
	AuditTrail trail;

	@Autowired
	AuditRepository repository;

	@Autowired
	FirstSeal firstSeal;

	@Autowired
	ApplicationEventPublisher events;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Tables tables;

	@BeforeEach
	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void recordsAChange() {
		change("door.opened", "door:front", "by hand, \"gently\" ✓");
		assertThat(this.trail.list(Pageable.unpaged())).singleElement().satisfies((record) -> {
			assertThat(record.sequence()).isEqualTo(1);
			assertThat(record.actor()).isEqualTo(Actor.SYSTEM);
			assertThat(record.action()).isEqualTo("door.opened");
			assertThat(record.subject()).isEqualTo("door:front");
			assertThat(record.detail()).isEqualTo("by hand, \"gently\" ✓");
			assertThat(record.hash()).matches("[0-9a-f]{64}");
		});
		assertThat(this.trail.firstBroken()).isEmpty();
	}

	@Test
	void refusesAChangeOutsideATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.events.publishEvent(new Happened("a", "b", "c")));
	}

	@Test
	void forgetsAChangeThatWasRolledBack() {
		change("a", "b", "c");
		this.transactions.executeWithoutResult((status) -> {
			this.events.publishEvent(new Happened("undone", "b", "c"));
			status.setRollbackOnly();
		});
		change("d", "e", "f");
		assertThat(this.trail.list(Pageable.unpaged())).extracting(AuditRecord::action, AuditRecord::sequence)
			.containsExactly(tuple("d", 2L), tuple("a", 1L));
		assertThat(this.trail.firstBroken()).isEmpty();
	}

	@Test
	void recordsAllChangesOfATransactionInTheirOrder() {
		this.transactions.executeWithoutResult((status) -> {
			this.events.publishEvent(new Happened("first", "s", ""));
			this.events.publishEvent(new Happened("second", "s", ""));
		});
		assertThat(this.trail.list(Pageable.unpaged())).extracting(AuditRecord::action)
			.containsExactly("second", "first");
	}

	@Test
	void undoesTheChangeWhenItCannotBeRecorded() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.transactions.executeWithoutResult((status) -> {
				this.jdbc.sql("insert into secret_canary (id, sealed) values (1, 'x')").update();
				this.events.publishEvent(new Happened("too long ".repeat(50), "s", ""));
			}));
		assertThat(this.jdbc.sql("select count(*) from secret_canary").query(Long.class).single()).isZero();
		assertThat(this.trail.firstBroken()).isEmpty();
	}

	@Test
	void listsByPagesNewestFirst() {
		IntStream.rangeClosed(1, 5).forEach((i) -> change("a" + i, "s", ""));
		Page<AuditRecord> page = this.trail.list(PageRequest.of(1, 2));
		assertThat(page.getTotalElements()).isEqualTo(5);
		assertThat(page).extracting(AuditRecord::action).containsExactly("a3", "a2");
	}

	@Test
	void staysOneChainWhenManyChangeAtOnce() throws Exception {
		int threads = 8;
		int changes = 20;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < threads * changes; i++) {
				String number = Integer.toString(i);
				all.add(executor.submit(() -> change("many", "s:" + number, "")));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.trail.list(Pageable.unpaged())).extracting(AuditRecord::sequence)
			.containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, threads * changes).boxed().toList());
		assertThat(this.trail.firstBroken()).isEmpty();
	}

	@Test
	void findsAChangedRecord() {
		for (String column : List.of("actor", "action", "subject", "detail")) {
			clear();
			someChanges();
			tamper("update audit_record set %s = 'other' where sequence = 3".formatted(column));
			assertThat(this.trail.firstBroken()).as(column).hasValue(3);
		}
	}

	@Test
	void findsAChangedInstant() {
		someChanges();
		tamper("update audit_record set recorded_at = recorded_at + interval '1' second where sequence = 2");
		assertThat(this.trail.firstBroken()).hasValue(2);
	}

	@Test
	void findsAMissingRecord() {
		someChanges();
		tamper("delete from audit_record where sequence = 2");
		assertThat(this.trail.firstBroken()).hasValue(2);
	}

	@Test
	void findsAMissingEnd() {
		someChanges();
		tamper("delete from audit_record where sequence >= 4");
		assertThat(this.trail.firstBroken()).hasValue(4);
	}

	@Test
	void findsThatAllIsGone() {
		someChanges();
		tamper("delete from audit_record");
		assertThat(this.trail.firstBroken()).hasValue(1);
	}

	@Test
	void findsAnAddedRecord() {
		someChanges();
		tamper("""
				insert into audit_record (sequence, recorded_at, actor, via, action, subject, detail, hash)
				select 6, recorded_at, actor, via, action, subject, detail, 'x' from audit_record where sequence = 5""");
		assertThat(this.trail.firstBroken()).hasValue(6);
	}

	@Test
	void findsAChainThatWasWrittenAnew() {
		someChanges();
		tamper("update audit_record set detail = 'other' where sequence = 3");
		writeChainAnew();
		assertThat(this.trail.firstBroken()).hasValue(5);
	}

	@Test
	void findsAChainThatWasCutShort() {
		someChanges();
		tamper("delete from audit_record where sequence > 3");
		writeChainAnew();
		assertThat(this.trail.firstBroken()).hasValue(3);
	}

	@Test
	void aChangeAfterwardsSealsNoForgery() {
		someChanges();
		tamper("update audit_record set detail = 'other' where sequence = 3");
		writeChainAnew();
		change("later", "s", "d");
		change("later still", "s", "d");
		assertThat(this.trail.firstBroken()).hasValue(5);
		tamper("update audit_head set broken_at = null");
		assertThat(this.trail.firstBroken()).hasValue(7);
	}

	@Test
	void findsThatTheSealWasTakenAway() {
		someChanges();
		tamper("update audit_head set seal = null");
		assertThat(this.trail.firstBroken()).hasValue(5);
	}

	@Test
	void sealsATrailOfAnEarlierVersionAtTheStart() {
		someChanges();
		tamper("update audit_head set seal = null");
		this.firstSeal.afterPropertiesSet();
		assertThat(this.trail.firstBroken()).isEmpty();
	}

	@Test
	void checksMoreThanOneBatch() {
		this.transactions.executeWithoutResult((status) -> IntStream.range(0, 1001)
			.forEach((i) -> this.events.publishEvent(new Happened("a", "s:" + i, ""))));
		assertThat(this.trail.firstBroken()).isEmpty();
		tamper("update audit_record set detail = 'other' where sequence = 1001");
		assertThat(this.trail.firstBroken()).hasValue(1001);
	}

	/** What a thief of the database can do: all that takes no key. */
	private void writeChainAnew() {
		ChainLink link = ChainLink.START;
		for (AuditRecord each : this.repository.after(0, 100)) {
			link = link.next(new Entry(each.at(), each.actor(), each.action(), each.subject(), each.detail()));
			TamperedRecord.change(this.jdbc, "update audit_record set hash = ? where sequence = ?", link.hash(),
					link.sequence());
		}
		this.jdbc.sql("update audit_head set sequence = ?, hash = ?").params(link.sequence(), link.hash()).update();
	}

	private void someChanges() {
		IntStream.rangeClosed(1, 5).forEach((i) -> change("a" + i, "s", "d"));
	}

	private void change(String action, String subject, String detail) {
		this.transactions
			.executeWithoutResult((status) -> this.events.publishEvent(new Happened(action, subject, detail)));
	}

	private void tamper(String sql) {
		TamperedRecord.change(this.jdbc, sql);
	}

	record Happened(String action, String subject, String detail) implements AuditableEvent {

	}

}
