package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line of the shell that must succeed, and what its processes cost.
 */
final class Program {

	private static final Duration DEADLINE = Duration.ofMinutes(10);

	private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

	private Program() {
	}

	/**
	 * Returns the CPU time of all that it started, except for what outlives it.
	 * @param folder where it runs, and where its output is kept
	 */
	static Duration run(Path folder, Map<String, String> environment, String line)
			throws IOException, InterruptedException {
		Path output = folder.resolve("output");
		Path times = folder.resolve("times");
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", line + "\nstatus=$?; times >times; exit $status")
			.directory(folder.toFile())
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(line + " failed:\n" + tail(Files.readString(output)));
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		return sum(Files.readAllLines(times).get(1));
	}

	private static Duration sum(String line) {
		Matcher matcher = TIMES.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalStateException("times says: " + line);
		}
		double seconds = 60 * (Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(3)))
				+ Double.parseDouble(matcher.group(2)) + Double.parseDouble(matcher.group(4));
		return Duration.ofMillis(Math.round(seconds * 1000));
	}

	private static String tail(String text) {
		List<String> lines = text.lines().toList();
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
	}

}
