package io.latchkey.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import io.latchkey.core.StartRefusedException;

/**
 * The file that keeps the master key when it is not given by the environment. Only its
 * owner may read it.
 */
final class KeyFile {

	private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE);

	private final Path path;

	private KeyFile(Path path) {
		this.path = path;
	}

	static KeyFile in(Path dataDir) {
		return new KeyFile(dataDir.resolve("secret.key").toAbsolutePath().normalize());
	}

	/** The one that is about to take this one's place. */
	KeyFile next() {
		return new KeyFile(this.path.resolveSibling("secret.key.next"));
	}

	/** The one whose place this one took. */
	KeyFile former() {
		return new KeyFile(this.path.resolveSibling("secret.key.former"));
	}

	/** What this one holds stands in that one as well from now on. */
	void copyTo(KeyFile other) {
		try {
			Path temporary = Files.createTempFile(this.path.getParent(), ".secret", ".key");
			write(temporary, read());
			Files.move(temporary, other.path, StandardCopyOption.ATOMIC_MOVE);
			flushFolder();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The key file '%s' cannot be made".formatted(other.path), ex);
		}
	}

	/** Takes the place of that one, which is there all the time. */
	void replace(KeyFile other) {
		try {
			Files.move(this.path, other.path, StandardCopyOption.ATOMIC_MOVE);
			flushFolder();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The key file '%s' cannot be replaced".formatted(other.path), ex);
		}
	}

	private void flushFolder() throws IOException {
		try (FileChannel folder = FileChannel.open(this.path.getParent(), StandardOpenOption.READ)) {
			folder.force(true);
		}
	}

	Path path() {
		return this.path;
	}

	boolean exists() {
		return Files.exists(this.path);
	}

	SymmetricKey read() {
		try {
			refuseOpenMode();
			return SymmetricKey.parse(Files.readString(this.path, StandardCharsets.US_ASCII))
				.orElseThrow(() -> new StartRefusedException(
						"The file '%s' does not hold a key: the Base64 of 32 bytes was expected.".formatted(this.path),
						"Put the original file back from a backup. Secrets that were sealed with it open with no "
								+ "other key."));
		}
		catch (IOException ex) {
			throw new StartRefusedException("The key file '%s' cannot be read: %s".formatted(this.path, ex),
					"Let the user that runs Latchkey read it, and nobody else.", ex);
		}
	}

	/**
	 * Makes the file with a new key. When another instance made it in the meantime, that
	 * one stays.
	 */
	void create() {
		try {
			Files.createDirectories(this.path.getParent());
			Path temporary = Files.createTempFile(this.path.getParent(), ".secret", ".key");
			try {
				write(temporary, SymmetricKey.generate());
				// A link, unlike a rename, never replaces the key of another instance.
				Files.createLink(this.path, temporary);
			}
			catch (FileAlreadyExistsException ex) {
				// The other instance's key is as good as this one.
				return;
			}
			finally {
				Files.delete(temporary);
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw new StartRefusedException("The key file '%s' cannot be made: %s".formatted(this.path, ex),
					"Let the user that runs Latchkey write to that folder (LATCHKEY_DATA_DIR), or give the key in "
							+ "LATCHKEY_SECRET_KEY (openssl rand -base64 32).",
					ex);
		}
	}

	private static void write(Path file, SymmetricKey key) throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		if (view != null) {
			view.setPermissions(OWNER_ONLY);
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			ByteBuffer text = ByteBuffer.wrap((key.render() + "\n").getBytes(StandardCharsets.US_ASCII));
			while (text.hasRemaining()) {
				channel.write(text);
			}
			channel.force(true);
		}
	}

	private void refuseOpenMode() throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(this.path, PosixFileAttributeView.class);
		if (view == null) {
			return;
		}
		Set<PosixFilePermission> permissions = view.readAttributes().permissions();
		if (!OWNER_ONLY.containsAll(permissions)) {
			throw new StartRefusedException("Others than its owner may use the key file '%s': its mode is %s."
				.formatted(this.path, PosixFilePermissions.toString(permissions)),
					"chmod 600 '%s'".formatted(this.path));
		}
	}

}
