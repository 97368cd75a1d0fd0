package io.latchkey.commands;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.latchkey.secrets.SecretRotation;
import io.latchkey.secrets.SecretsState;
import picocli.CommandLine.Command;

/**
 * What is done with the secrets.
 */
@Command(name = "secrets", description = "The keys that secrets are sealed under.", mixinStandardHelpOptions = true,
		subcommands = Secrets.Rotate.class)
final class Secrets {

	/**
	 * Changes the keys.
	 */
	@Command(name = "rotate", mixinStandardHelpOptions = true,
			description = "Changes the keys that secrets are sealed under, and seals everything anew; goes on with a "
					+ "rotation that was stopped. Latchkey may run meanwhile where the database is PostgreSQL.")
	static final class Rotate extends WithSettings implements Callable<Integer> {

		private static final Duration MOST = Duration.ofHours(1);

		@Override
		public Integer call() {
			return Parts.with(settings(), out(),
					(parts) -> report(parts.getBean(SecretRotation.class).rotate(MOST), out()));
		}

		private static int report(SecretsState state, PrintWriter out) {
			out.printf("The outer key is %s, from the %s.%n", state.outerKey(), state.source());
			out.printf("%d values are sealed under a former data key, %d data keys are wrapped under a former outer "
					+ "key.%n", state.left(), state.wrappedElsewhere());
			boolean done = state.left() == 0 && state.wrappedElsewhere() == 0;
			out.println(done ? "No former outer key is needed any more, except for copies of the database from before."
					: "Keep the former outer key, and call this again; the log says what does not open.");
			return done ? 0 : 1;
		}

	}

}
