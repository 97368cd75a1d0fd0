package io.latchkey.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds the file of the embedded database. H2 makes both for everybody to
 * read, so the folder has to keep others of the machine away from what Latchkey knows.
 */
final class DatabaseFolder {

	private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

	private final Path path;

	private DatabaseFolder(Path path) {
		this.path = path;
	}

	/**
	 * @param url as H2 takes it: {@code jdbc:h2:[file:]<path>[;<setting>=<value>]…},
	 * where a tilde stands for the home folder
	 */
	static DatabaseFolder of(String url) {
		String file = url.substring("jdbc:h2:".length());
		if (file.regionMatches(true, 0, "file:", 0, "file:".length())) {
			file = file.substring("file:".length());
		}
		file = file.split(";", 2)[0];
		if (file.startsWith("~/")) {
			file = System.getProperty("user.home") + file.substring(1);
		}
		Path absolute = Path.of(file).toAbsolutePath().normalize();
		return new DatabaseFolder((absolute.getParent() != null) ? absolute.getParent() : absolute);
	}

	/**
	 * Makes the folder where it is missing; one that is empty becomes its owner's alone.
	 * @throws StartRefusedException when others may enter one in which something stands:
	 * they may have it open, or need what is in it
	 */
	void keepToItsOwner() {
		try {
			if (!Files.exists(this.path)) {
				create();
			}
			PosixFileAttributeView view = Files.getFileAttributeView(this.path, PosixFileAttributeView.class);
			if (view != null && isEmpty()) {
				view.setPermissions(OWNER_ONLY);
			}
			else if (view != null) {
				refuseOpenMode(view.readAttributes().permissions());
			}
		}
		catch (IOException ex) {
			throw new StartRefusedException(
					"The folder of the database, '%s', cannot be used: %s".formatted(this.path, ex),
					"Let the user that runs Latchkey make it and write to it (LATCHKEY_DATA_DIR).", ex);
		}
	}

	private boolean isEmpty() throws IOException {
		try (Stream<Path> entries = Files.list(this.path)) {
			return entries.findAny().isEmpty();
		}
	}

	private void create() throws IOException {
		Path parent = this.path.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		if (posix) {
			Files.createDirectory(this.path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
		}
		else {
			Files.createDirectory(this.path);
		}
	}

	private void refuseOpenMode(Set<PosixFilePermission> permissions) {
		if (!OWNER_ONLY.containsAll(permissions)) {
			throw new StartRefusedException(
					("Others than its owner may enter the folder of the database, '%s': its mode is %s, and rwx------ "
							+ "was expected.")
						.formatted(this.path, PosixFilePermissions.toString(permissions)),
					"chmod 700 '%s'".formatted(this.path));
		}
	}

}
