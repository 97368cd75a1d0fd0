package io.latchkey.commands;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands. They exit with 0 when all is well, 1 when it is not, 2 when they were not
 * called as they should be.
 */
@Command(name = "latchkey", description = "SSH keys and access for nodes. Without a command the server starts.",
		mixinStandardHelpOptions = true, subcommands = { SetPassword.class, Audit.class, Secrets.class, Doctor.class })
public final class Commands {

	private Commands() {
	}

	/**
	 * Runs one.
	 * @param arguments its name, and what it is given
	 * @return the status to exit with
	 */
	public static int run(String... arguments) {
		return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
	}

	static int run(PrintWriter out, PrintWriter err, String... arguments) {
		return new CommandLine(new Commands()).setOut(out)
			.setErr(err)
			.setExecutionExceptionHandler((ex, line, parsed) -> {
				// Its message may repeat a row, and so a secret.
				line.getErr().println("That did not work: " + ex.getClass().getSimpleName());
				return 1;
			})
			.execute(arguments);
	}

}
