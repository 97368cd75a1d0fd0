package io.latchkey.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import io.latchkey.audit.AuditTrail;
import io.latchkey.secrets.SecretRotation;
import io.latchkey.secrets.SecretsState;
import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks whether the installation is sound.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true,
		description = "Looks at the configuration, the database, the secret key, the record, the clock and the disk. "
				+ "Changes nothing.")
final class Doctor extends WithSettings implements Callable<Integer> {

	private static final Duration CLOCK_APART = Duration.ofSeconds(5);

	private static final long LEAST_FREE = 500L << 20;

	private boolean sound = true;

	@Override
	public Integer call() {
		return Parts.lookedAt(settings(), out(), this::look);
	}

	private int look(ApplicationContext parts) {
		database(parts.getBean(JdbcClient.class));
		if (wasStarted(parts.getBean(JdbcClient.class))) {
			secrets(parts.getBean(SecretRotation.class).state());
			record(parts.getBean(AuditTrail.class).firstBroken());
			say("Configuration", true, "Latchkey can start as it is set up");
		}
		else {
			say("Secret key", true, "none is in use yet: the first start makes what is needed");
		}
		clock(parts.getBean(JdbcClient.class), parts.getBean(Clock.class));
		disk(Path.of(parts.getEnvironment().getProperty("latchkey.data-dir", "./data")));
		return this.sound ? 0 : 1;
	}

	/** Otherwise whoever asks for the keys would make the first one. */
	private static boolean wasStarted(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from secret_data_key").query(Long.class).single() > 0;
	}

	private void database(JdbcClient jdbc) {
		String version = jdbc.sql("""
				select "version" from "flyway_schema_history" where "success" = true and "version" is not null
				order by "installed_rank" desc fetch first 1 rows only""").query(String.class).single();
		say("Database", true, "there, its schema at " + version);
	}

	private void secrets(SecretsState state) {
		boolean done = state.left() == 0 && state.wrappedElsewhere() == 0;
		say("Secret key", done, done ? "from the " + state.source() : """
				%d values are under a former data key, %d data keys under a former outer key: call secrets rotate"""
			.formatted(state.left(), state.wrappedElsewhere()));
	}

	private void record(OptionalLong broken) {
		say("Record", broken.isEmpty(),
				broken.isEmpty() ? "whole" : "changed at record %d by somebody else".formatted(broken.getAsLong()));
	}

	private void clock(JdbcClient jdbc, Clock clock) {
		Instant here = clock.instant();
		Instant there = jdbc.sql("select current_timestamp")
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.single();
		Duration apart = Duration.between(here, there).abs();
		say("Clock", apart.compareTo(CLOCK_APART) < 0,
				"%s, %d s from the database's".formatted(here, apart.toSeconds()));
	}

	private void disk(Path folder) {
		try {
			FileStore store = Files.getFileStore(folder);
			long free = store.getUsableSpace();
			say("Disk", free >= LEAST_FREE && Files.isWritable(folder),
					"%d MB free in %s".formatted(free >> 20, folder.toAbsolutePath().normalize()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void say(String what, boolean good, String text) {
		out().printf("%-5s %-14s %s%n", good ? "ok" : "FAULT", what, text);
		this.sound &= good;
	}

}
