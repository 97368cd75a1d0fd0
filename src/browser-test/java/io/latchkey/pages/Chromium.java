package io.latchkey.pages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/**
 * The machine's Chromium: one process for all tests of a run, since a start takes
 * seconds. It asks nothing of the network but what a page asks of it.
 */
final class Chromium {

	private static final List<String> QUIET = List.of("--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--no-first-run", "--disable-quic", "--disable-gpu");

	/** What a page comes to show by itself may take this long on a busy machine. */
	private static final double PATIENCE_MILLIS = 20_000;

	private Chromium() {
	}

	static Browser browser() {
		return Shared.BROWSER;
	}

	private static Browser start() {
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		Browser browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable())
				.setChromiumSandbox(false)
				.setArgs(QUIET));
		Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
		return browser;
	}

	private static Path executable() {
		return Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, "chromium"))
			.filter((file) -> file.toFile().canExecute())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no chromium on the PATH"));
	}

	/** Started by whoever asks first. */
	private static final class Shared {

		private static final Browser BROWSER = start();

	}

}
