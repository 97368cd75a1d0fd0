package io.latchkey.syslog;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.Tables;
import io.latchkey.audit.AuditTrail;
import io.latchkey.audit.RecordExport;
import io.latchkey.core.AuditableEvent;
import io.latchkey.https.OpenSslPair;
import io.latchkey.syslog.SyslogDelivery.Outcome;
import io.latchkey.syslog.TlsReceiver.Manner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

@DataTest
@Import(SyslogPositionRepository.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@RequiresProgram("openssl")
class SyslogDeliveryDataTests {

	private static final Duration TIMEOUT = Patience.of(Duration.ofSeconds(2));

	@Autowired
	AuditTrail trail;

	@Autowired
	RecordExport export;

	@Autowired
	SyslogPositionRepository positions;

	@Autowired
	ApplicationEventPublisher events;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	Tables tables;

	@TempDir
	Path folder;

	private OpenSslPair own;

	private TlsReceiver receiver;

	@BeforeEach
	void receive() throws IOException {
		this.tables.clear();
		this.own = OpenSslPair.make(this.folder.resolve("receiver"), OpenSslPair.EC);
		this.receiver = new TlsReceiver(this.own, null, 0, Manner.READS);
	}

	@AfterEach
	void clear() throws IOException {
		this.receiver.close();
		this.tables.clear();
	}

	@Test
	void sendsEachRecordOnceAndInOrder() throws IOException {
		happen(450);
		try (Instance latchkey = instance()) {
			assertThat(latchkey.sendAll()).isEqualTo(Outcome.NOTHING);
			assertThat(latchkey.delivery().status()).satisfies((status) -> {
				assertThat(status.sent()).isEqualTo(450);
				assertThat(status.left()).isZero();
				assertThat(status.trouble()).isNull();
			});
		}
		assertThat(bodies()).isEqualTo(exported());
		happen(1);
		try (Instance restarted = instance()) {
			restarted.sendAll();
		}
		assertThat(bodies()).isEqualTo(exported());
	}

	@Test
	void losesNothingWhileTheReceiverIsAway() throws IOException {
		happen(3);
		this.receiver.close();
		try (Instance latchkey = instance()) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
			assertThat(latchkey.delivery().status().trouble()).isNotNull();
			assertThat(latchkey.delivery().status().left()).isEqualTo(3);
			happen(2);
			this.receiver = new TlsReceiver(this.own, null, this.receiver.port(), Manner.READS);
			assertThat(latchkey.sendAll()).isEqualTo(Outcome.NOTHING);
			assertThat(latchkey.delivery().status().trouble()).isNull();
		}
		assertThat(bodies()).isEqualTo(exported());
	}

	@Test
	void sendsAgainWhatMayNotHaveArrived() throws IOException {
		happen(250);
		this.receiver.behave(Manner.CUTS_OFF);
		try (Instance latchkey = instance()) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
			this.receiver.behave(Manner.READS);
			assertThat(latchkey.sendAll()).isEqualTo(Outcome.NOTHING);
		}
		assertThat(this.receiver.messages().size()).isGreaterThan(250);
		assertThat(List.copyOf(new LinkedHashSet<>(bodies()))).isEqualTo(exported());
	}

	@Test
	void doesNotWaitForAReceiverThatDoesNotRead() throws IOException {
		happen(250, "x".repeat(1900));
		this.receiver.behave(Manner.STALLS);
		long start = System.nanoTime();
		try (Instance latchkey = instance()) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(4));
			assertThat(latchkey.delivery().status().sent()).isZero();
		}
	}

	@Test
	void tellsNothingToSomebodyElse() throws IOException {
		happen(1);
		OpenSslPair other = OpenSslPair.make(this.folder.resolve("other"), OpenSslPair.EC);
		try (Instance latchkey = instance(properties("127.0.0.1", other, null), Clock.systemUTC())) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
		}
		try (Instance latchkey = instance(properties("127.0.0.2", this.own, null), Clock.systemUTC())) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
		}
		assertThat(this.receiver.messages()).isEmpty();
	}

	@Test
	void showsItsCertificateWhereItIsAskedFor() throws IOException {
		happen(1);
		OpenSslPair client = OpenSslPair.make(this.folder.resolve("client"), OpenSslPair.RSA);
		this.receiver.close();
		this.receiver = new TlsReceiver(this.own, client, 0, Manner.READS);
		try (Instance latchkey = instance()) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.FAILED);
		}
		try (Instance latchkey = instance(properties("127.0.0.1", this.own, client), Clock.systemUTC())) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.SENT);
		}
		assertThat(bodies()).isEqualTo(exported());
	}

	@Test
	void isSentByOneInstanceAtATimeAndByAnotherWhereThatOneDied() throws IOException {
		happen(1);
		Clock now = Clock.systemUTC();
		String name = properties("127.0.0.1", this.own, null).receiver();
		this.positions.begin(name);
		this.positions.claim(name, "one that died", now.instant(), now.instant().plus(TIMEOUT.multipliedBy(3)));
		try (Instance latchkey = instance()) {
			assertThat(latchkey.delivery().send()).isEqualTo(Outcome.NOTHING);
		}
		assertThat(this.receiver.messages()).isEmpty();
		try (Instance later = instance(properties("127.0.0.1", this.own, null),
				Clock.offset(now, Duration.ofHours(1)))) {
			assertThat(later.delivery().send()).isEqualTo(Outcome.SENT);
		}
		assertThat(bodies()).isEqualTo(exported());
		this.positions.release(name, "one that died", 0);
		assertThat(this.positions.sent(name)).isOne();
	}

	private void happen(int times) {
		happen(times, "with \"quotes\"]\nand a line, ä");
	}

	private void happen(int times, String detail) {
		this.transactions.executeWithoutResult((status) -> IntStream.range(0, times)
			.forEach((i) -> this.events.publishEvent(new Happened(detail + i))));
	}

	private List<String> bodies() {
		return this.receiver.messages().stream().map((message) -> message.split("\uFEFF", 2)[1]).toList();
	}

	private List<String> exported() throws IOException {
		StringWriter out = new StringWriter();
		this.export.write(out);
		List<String> lines = out.toString().lines().toList();
		return lines.subList(0, lines.size() - 1);
	}

	private SyslogProperties properties(String address, OpenSslPair trusted, @Nullable OpenSslPair client) {
		return new SyslogProperties(address, this.receiver.port(), trusted.certificate(),
				(client != null) ? client.certificate() : null, (client != null) ? client.privateKey() : null, TIMEOUT);
	}

	private Instance instance() {
		return instance(properties("127.0.0.1", this.own, null), Clock.systemUTC());
	}

	private Instance instance(SyslogProperties properties, Clock clock) {
		SyslogReceiver connection = new SyslogReceiver(properties);
		return new Instance(connection,
				new SyslogDelivery(properties, "db1", this.trail, this.export, this.positions, connection, clock));
	}

	/** One of those that share the database. */
	record Instance(SyslogReceiver connection, SyslogDelivery delivery) implements AutoCloseable {

		Outcome sendAll() {
			Outcome outcome = this.delivery.send();
			while (outcome == Outcome.SENT) {
				outcome = this.delivery.send();
			}
			return outcome;
		}

		@Override
		public void close() {
			this.connection.close();
		}

	}

	record Happened(String detail) implements AuditableEvent {

		@Override
		public String action() {
			return "something.happened";
		}

		@Override
		public String subject() {
			return "something:1";
		}

	}

}
