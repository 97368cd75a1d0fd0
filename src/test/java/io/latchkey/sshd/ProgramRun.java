package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;

/**
 * A program that ran to its end.
 *
 * @param output what it wrote to its standard output
 * @param errorOutput what it wrote to its standard error
 */
public record ProgramRun(int exitStatus, String output, String errorOutput) {

	private static final Duration DEADLINE = Patience.of(Duration.ofSeconds(60));

	/**
	 * Runs the program without input and waits for its end, a minute at most.
	 */
	public static ProgramRun of(String... command) {
		return of(List.of(command), Map.of());
	}

	/** The same with more variables in its environment. */
	public static ProgramRun of(List<String> command, Map<String, String> environment) {
		try {
			Path output = Files.createTempFile("latchkey-run", ".out");
			Path errorOutput = Files.createTempFile("latchkey-run", ".err");
			try {
				int exitStatus = run(command, environment, output, errorOutput);
				return new ProgramRun(exitStatus, text(output), text(errorOutput));
			}
			finally {
				Files.deleteIfExists(output);
				Files.deleteIfExists(errorOutput);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int run(List<String> command, Map<String, String> environment, Path output, Path errorOutput)
			throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(devNull()))
			.redirectOutput(output.toFile())
			.redirectError(errorOutput.toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("Still running after %s: %s%n%s".formatted(DEADLINE,
						String.join(" ", command), text(errorOutput)));
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while running " + command.get(0), ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Itself, or an exception with what it wrote when it failed. */
	public ProgramRun orThrow() {
		if (this.exitStatus != 0) {
			throw new IllegalStateException(
					"Exit status %d%n%s%s".formatted(this.exitStatus, this.output, this.errorOutput));
		}
		return this;
	}

	private static java.io.File devNull() {
		return new java.io.File("/dev/null");
	}

	private static String text(Path file) throws IOException {
		return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
	}

}
