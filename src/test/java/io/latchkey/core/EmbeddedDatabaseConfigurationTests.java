package io.latchkey.core;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedDatabaseConfigurationTests {

	/** Whose end would end what is written to a table with a list of values. */
	@Test
	void keepsConnectionsToADatabaseWithinTheProcess() {
		for (String url : new String[] { "jdbc:h2:mem:kept", "jdbc:h2:file:./kept" }) {
			assertThat(EmbeddedDatabaseConfiguration.isEmbedded(url)).as(url).isTrue();
		}
		for (String url : new String[] { "jdbc:h2:tcp://db/kept", "jdbc:postgresql://db/kept" }) {
			assertThat(EmbeddedDatabaseConfiguration.isEmbedded(url)).as(url).isFalse();
		}
		try (HikariDataSource pool = new HikariDataSource()) {
			EmbeddedDatabaseConfiguration.keepConnections(pool);
			assertThat(pool.getMaxLifetime()).isZero();
		}
	}

}
