package io.latchkey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/**
 * Files that only their owner may read, and that are there whole or not at all.
 */
final class PrivateFile {

	private PrivateFile() {
	}

	static void write(Path path, String text) throws IOException {
		Path half = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(half, text);
		Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
	}

	/** What the file holds, which is made at the first time. */
	static String readOrMake(Path path, Supplier<String> text) {
		try {
			if (Files.notExists(path)) {
				write(path, text.get() + "\n");
			}
			return Files.readString(path).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
