package io.latchkey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the sandbox keeps everything from one start to the next: the product's data, the
 * nodes' homes and host keys, the key pairs of its people. Who deletes it starts afresh.
 */
public final class SandboxFolder {

	private static final String LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789";

	private static final int PASSWORD_LENGTH = 16;

	private final Path path;

	private SandboxFolder(Path path) {
		try {
			Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rwx------");
			Files.createDirectories(path, PosixFilePermissions.asFileAttribute(ownerOnly));
			this.path = path.toRealPath();
			Files.setPosixFilePermissions(this.path, ownerOnly);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static SandboxFolder at(Path path) {
		return new SandboxFolder(path);
	}

	/** Below the product's own data, so that neither gets into the other's way. */
	public static SandboxFolder of(Map<String, String> environment) {
		return at(Path.of(Objects.requireNonNullElse(environment.get("LATCHKEY_DATA_DIR"), "data"), "sandbox"));
	}

	public Path path() {
		return this.path;
	}

	/** The password of the user admin. */
	public String adminPassword() {
		return PrivateFile.readOrMake(this.path.resolve("admin-password"), SandboxFolder::password);
	}

	/** The password of every node's account, for a first login. */
	String nodePassword() {
		return PrivateFile.readOrMake(this.path.resolve("node-password"), SandboxFolder::password);
	}

	/** The nodes' host keys, for {@code ssh}. */
	Path knownHosts() {
		return this.path.resolve("known_hosts");
	}

	Path nodeFolder(String node) {
		return this.path.resolve("nodes").resolve(node);
	}

	KeyFile keyOf(String identity) {
		return KeyFile.at(this.path.resolve(identity + "_ed25519"));
	}

	boolean isFurnished() {
		return Files.exists(furnished());
	}

	void markFurnished() {
		PrivateFile.readOrMake(furnished(), () -> "Delete the whole folder to start afresh.");
	}

	private Path furnished() {
		return this.path.resolve("furnished");
	}

	private static String password() {
		return new SecureRandom().ints(PASSWORD_LENGTH, 0, LEGIBLE.length())
			.mapToObj((each) -> LEGIBLE.substring(each, each + 1))
			.collect(Collectors.joining());
	}

}
