package io.latchkey.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.Tables;
import io.latchkey.TestDatabase;
import io.latchkey.audit.AuditTrailDataTests.Happened;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class RecordExportDataTests {

	@Autowired
	RecordExport export;

	@Autowired
	ApplicationEventPublisher events;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Tables tables;

	@BeforeEach
	void recordSomething() {
		this.tables.clear();
		this.transactions.executeWithoutResult((status) -> IntStream.rangeClosed(1, 1200)
			.forEach((i) -> this.events.publishEvent(new Happened("a" + i, "s:ä", "with \"quotes\"\nand a line"))));
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void provesItselfWithoutADatabase() throws IOException {
		ExportVerification.Result result = verify(export());
		assertThat(result.fault()).isNull();
		assertThat(result.records()).isEqualTo(1200);
		assertThat(this.export.keys()).startsWith(result.key());
	}

	@Test
	void isNotFooledByAnyChange() throws IOException {
		String export = export();
		assertThat(verify(export.replaceFirst("\"a7\"", "\"a8\"")).fault()).contains("Record 7 ");
		assertThat(verify(export.replaceFirst("\\{\"sequence\":5,.*\n", "")).fault()).contains("Record 5 ");
		assertThat(verify(export.replaceFirst("\\{\"sequence\":1200,.*\n", "")).fault()).contains("of record 1200");
		assertThat(verify(export.replaceFirst("\\{\"anchor\".*\n", "")).fault()).contains("anchor is missing");
		assertThat(verify(export.replaceFirst("\"signature\":\"..", "\"signature\":\"AA")).fault())
			.contains("signature");
		assertThat(verify(export + "{}\n").fault()).contains("after the anchor");
		assertThat(verify("not an export\n").fault()).contains("not one of an export");
		assertThat(verify("").fault()).contains("anchor is missing");
	}

	@Test
	void refusesToChangeWhatIsOnRecord() {
		refuses("update audit_record set detail = 'other' where sequence = 3");
		refuses("delete from audit_record where sequence = 1200");
		if (TestDatabase.isPostgres()) {
			refuses("truncate table audit_record");
		}
		assertThat(this.jdbc.sql("select count(*) from audit_record").query(Long.class).single()).isEqualTo(1200);
	}

	private void refuses(String sql) {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.jdbc.sql(sql).update())
			.withMessageContaining("only ever added to");
	}

	private String export() throws IOException {
		StringWriter out = new StringWriter();
		this.export.write(out);
		return out.toString();
	}

	private static ExportVerification.Result verify(String export) throws IOException {
		return ExportVerification.of(new BufferedReader(new StringReader(export)));
	}

}
