package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A real terminal for a command, by util-linux's {@code script}; other systems' programs
 * of that name don't run without a terminal themselves.
 */
final class Terminal {

	private static final boolean AVAILABLE = probe();

	private Terminal() {
	}

	static boolean isAvailable() {
		return AVAILABLE;
	}

	static List<String> around(String command, String rows, String columns) {
		return List.of("script", "-qfec", "stty rows %s cols %s; %s".formatted(rows, columns, command), "/dev/null");
	}

	private static boolean probe() {
		try {
			Process process = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
			process.getOutputStream().close();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("util-linux");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
