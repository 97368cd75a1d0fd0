package io.latchkey.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import org.jspecify.annotations.Nullable;

/**
 * The machine's Chromium: one process for all tests of a run, since a start takes
 * seconds. It asks nothing of the network but what a page asks of it, and nothing of the
 * machine but the folder of the build: programs in {@code /tmp} may be forbidden, and a
 * home folder missing.
 */
final class Chromium {

	private static final Path FOLDER = Path.of("target", "chromium").toAbsolutePath();

	private static final List<String> QUIET = List.of("--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--no-first-run", "--disable-quic", "--disable-gpu", "--disable-dev-shm-usage",
			"--process-per-site", "--renderer-process-limit=1");

	/** Some machines allow no process that forks the others ahead of time. */
	private static final List<String> WITHOUT_ZYGOTE = Stream.concat(QUIET.stream(), Stream.of("--no-zygote")).toList();

	/** What a page comes to show by itself may take this long on a busy machine. */
	private static final double PATIENCE_MILLIS = Patience.of(Duration.ofSeconds(20)).toMillis();

	private static @Nullable Browser browser;

	private static @Nullable String fault;

	private Chromium() {
	}

	/**
	 * The running browser.
	 * @return the same for every caller
	 * @throws IllegalStateException if it doesn't start, with the reason; the first
	 * caller's attempt counts for all
	 */
	static synchronized Browser browser() {
		if (browser == null && fault == null) {
			try {
				browser = start();
			}
			catch (PlaywrightException ex) {
				fault = Stream.iterate((Throwable) ex, Objects::nonNull, Throwable::getCause)
					.map(Throwable::toString)
					.collect(Collectors.joining("; "));
			}
		}
		if (browser == null) {
			throw new IllegalStateException("Chromium doesn't start: " + fault);
		}
		return browser;
	}

	private static Browser start() {
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
		System.setProperty("playwright.driver.tmpdir", folder("driver"));
		Playwright playwright = Playwright.create(new Playwright.CreateOptions()
			.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "TMPDIR", folder("tmp"), "HOME", folder("home"),
					"XDG_CONFIG_HOME", folder("home"), "XDG_CACHE_HOME", folder("home"))));
		Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
		try {
			return launch(playwright, QUIET);
		}
		catch (PlaywrightException ex) {
			try {
				return launch(playwright, WITHOUT_ZYGOTE);
			}
			catch (PlaywrightException again) {
				ex.addSuppressed(again);
				throw ex;
			}
		}
	}

	private static Browser launch(Playwright playwright, List<String> flags) {
		Path program = RequiresProgram.Lookup.find("chromium")
			.orElseThrow(() -> new PlaywrightException("There is no chromium on the PATH"));
		return playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program)
				.setChromiumSandbox(false)
				.setArgs(flags));
	}

	private static String folder(String name) {
		try {
			return Files.createDirectories(FOLDER.resolve(name)).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
