package io.latchkey.reconcile.schedule;

import java.time.Instant;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.latchkey.UnscheduledTest;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeTasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the tasks that a dead process had picked. */
@UnscheduledTest
@Transactional
class SchedulerStartDataTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private NodeTasks tasks;

	@Autowired
	private ObjectProvider<Scheduler> scheduler;

	@Autowired
	private JdbcConnectionDetails database;

	@Test
	void freesWhatADeadProcessHadPickedWhereThereCanBeNoOther() {
		this.jdbc.sql("""
				insert into scheduled_tasks
				(task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version, priority)
				values ('reconcile-node', '1', :now, true, 'dead', :now, 7, 20)""")
			.param("now", JdbcColumns.at(Instant.now()))
			.update();
		new SchedulerStart(this.scheduler, this.tasks, this.database).doStart();
		boolean shared = this.database.getJdbcUrl().startsWith("jdbc:postgresql:");
		assertThat(this.jdbc.sql("select picked from scheduled_tasks").query(Boolean.class).single()).isEqualTo(shared);
		assertThat(this.jdbc.sql("select version from scheduled_tasks").query(Long.class).single())
			.isEqualTo(shared ? 7 : 8);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:file:./data/latchkey;WRITE_DELAY=0, true", "jdbc:h2:mem:one, true",
			"jdbc:h2:file:./data/latchkey;AUTO_SERVER=TRUE, false", "jdbc:h2:tcp://db/latchkey, false",
			"jdbc:h2:ssl://db/latchkey, false", "jdbc:postgresql://db/latchkey, false" })
	void knowsTheDatabasesThatAreOpenToOneProcess(String url, boolean one) {
		assertThat(SchedulerStart.isOpenToOneProcess(url)).isEqualTo(one);
	}

}
