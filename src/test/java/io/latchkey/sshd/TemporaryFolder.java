package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is gone when it is closed, and at the latest when the JVM ends.
 */
final class TemporaryFolder implements AutoCloseable {

	private final Path path;

	private final Thread atExit = new Thread(this::delete, "delete-temporary-folder");

	TemporaryFolder(String prefix) {
		try {
			this.path = Files.createTempDirectory(prefix).toRealPath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	Path path() {
		return this.path;
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		delete();
	}

	private void delete() {
		if (Files.notExists(this.path)) {
			return;
		}
		try (Stream<Path> paths = Files.walk(this.path)) {
			List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
			for (Path each : deepestFirst) {
				Files.deleteIfExists(each);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
