package io.latchkey.core;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten connections: two for the scheduler alone, and of the other eight four at most for
 * runs.
 */
@Timeout(60)
class SharedPoolTests {

	private final HikariDataSource hikari = new HikariDataSource();

	private final ThreadFactory runs = ConnectionShare.RUNS.threads("run");

	private final ThreadFactory scheduler = ConnectionShare.SCHEDULER.threads("scheduler");

	private final ThreadFactory callers = ConnectionShare.CALLERS.threads("caller");

	private final List<Connection> taken = new ArrayList<>();

	private DataSource pool;

	@BeforeEach
	void open() {
		this.hikari.setJdbcUrl("jdbc:h2:mem:shared");
		this.pool = (DataSource) SharedPoolConfiguration.sharesOfThePool()
			.postProcessAfterInitialization(this.hikari, "dataSource");
	}

	@AfterEach
	void close() {
		this.hikari.close();
	}

	@Test
	void runsLeaveHalfToPeopleAndBothLeaveTheSchedulerItsOwn() throws Exception {
		takeAll(this.runs, 4);
		CompletableFuture<Connection> fifthRun = take(this.runs);
		takeAll(this.callers, 4);
		CompletableFuture<Connection> fifthCaller = take(this.callers);
		takeAll(this.scheduler, 2);
		assertThat(this.hikari.getHikariPoolMXBean().getActiveConnections()).isEqualTo(10);
		assertThat(fifthRun).isNotDone();
		assertThat(fifthCaller).isNotDone();
		this.taken.get(0).close();
		this.taken.get(4).close();
		fifthRun.get(30, TimeUnit.SECONDS);
		fifthCaller.get(30, TimeUnit.SECONDS);
	}

	@Test
	void peopleHaveAllButTheSchedulersWhereThereAreNoRuns() throws Exception {
		takeAll(this.callers, 8);
		assertThat(take(this.callers)).isNotDone();
		takeAll(this.scheduler, 2);
	}

	@Test
	void aConnectionWithinAnotherWaitsForNobodysShare() throws Exception {
		takeAll(this.callers, 7);
		CompletableFuture.runAsync(() -> {
			try (Connection outer = this.pool.getConnection(); Connection inner = this.pool.getConnection()) {
				assertThat(outer).isEqualTo(outer).isNotEqualTo(inner);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> this.callers.newThread(task).start()).get(30, TimeUnit.SECONDS);
		takeAll(this.callers, 1);
	}

	@Test
	void oneThatCannotBeOpenedTakesNothing() throws Exception {
		this.hikari.setMaximumPoolSize(1);
		this.hikari.setConnectionTimeout(250);
		takeAll(this.callers, 1);
		for (int i = 0; i < 20; i++) {
			assertThat(take(this.runs)).failsWithin(30, TimeUnit.SECONDS);
		}
		this.taken.get(0).close();
		takeAll(this.runs, 1);
	}

	@Test
	void anotherDataSourceIsLeftAsItIs() throws SQLException {
		assertThat(SharedPoolConfiguration.sharesOfThePool().postProcessAfterInitialization("text", "bean"))
			.isEqualTo("text");
		assertThat(this.pool.unwrap(HikariDataSource.class)).isSameAs(this.hikari);
	}

	private void takeAll(ThreadFactory share, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			this.taken.add(take(share).get(30, TimeUnit.SECONDS));
		}
	}

	private CompletableFuture<Connection> take(ThreadFactory share) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.pool.getConnection();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> share.newThread(task).start());
	}

}
