package io.latchkey.users;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Asks twice at a terminal, without echo; otherwise takes the first line of standard
 * input, in UTF-8. Never an argument: those everybody on the machine can read.
 */
class ConsolePrompt implements PasswordPrompt {

	@Override
	public @Nullable String ask(String user) {
		// From Java 22 on there is another console otherwise, also without a terminal.
		System.setProperty("jdk.console", "java.base");
		Console console = System.console();
		return (console != null) ? ask(console, user) : firstLine();
	}

	private static @Nullable String ask(Console console, String user) {
		char[] first = console.readPassword("New password of '%s': ", user);
		char[] again = console.readPassword("Once more: ");
		return (first != null && Arrays.equals(first, again)) ? new String(first) : null;
	}

	private static @Nullable String firstLine() {
		try {
			return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
