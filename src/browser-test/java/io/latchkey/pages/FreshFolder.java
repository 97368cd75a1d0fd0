package io.latchkey.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the product an empty folder for its data, below {@code target}.
 */
class FreshFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		try {
			Path parent = Files.createDirectories(Path.of("target", "browser-tests"));
			Path folder = Files.createTempDirectory(parent, "data").toAbsolutePath();
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("fresh folder", Map.of("latchkey.data-dir", folder.toString())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
