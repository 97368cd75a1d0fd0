package io.latchkey.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PublicKey;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom the home's {@code authorized_keys} lets in, by sshd's rules: the modes of
 * the file, its folder and the home; the first line with the key whose options allow it;
 * no line whose options are not understood.
 */
class AuthorizedKeysAuthenticator implements PublickeyAuthenticator {

	private static final Logger logger = LoggerFactory.getLogger(AuthorizedKeysAuthenticator.class);

	private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS = Set.of(PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_WRITE);

	private final Path home;

	private final Clock clock;

	AuthorizedKeysAuthenticator(Path home, Clock clock) {
		this.home = home;
		this.clock = clock;
	}

	@Override
	public boolean authenticate(String username, PublicKey key, ServerSession session) {
		if (!SandboxNode.ACCOUNT.equals(username)) {
			return false;
		}
		String address = ((InetSocketAddress) session.getClientAddress()).getAddress().getHostAddress();
		try {
			Optional<LoginOptions> options = optionsOf(blob(key), address);
			options.ifPresent((each) -> session.setAttribute(SandboxChannel.OPTIONS, each));
			return options.isPresent();
		}
		catch (IOException ex) {
			logger.info("Nobody is let in: {}", ex.toString());
			return false;
		}
	}

	private Optional<LoginOptions> optionsOf(byte[] blob, String address) throws IOException {
		Path file = this.home.resolve(".ssh/authorized_keys");
		if (!Files.isRegularFile(file) || !isSafe(file)) {
			return Optional.empty();
		}
		return AuthorizedKeysFile.parse(Files.readAllBytes(file))
			.lines()
			.stream()
			.flatMap((line) -> (line instanceof KeyLine keyLine) ? Stream.of(keyLine) : Stream.empty())
			.filter((line) -> Arrays.equals(line.publicKey().blob(), blob))
			.flatMap((line) -> LoginOptions.read(line.options(), ZoneId.systemDefault()).stream())
			.filter((options) -> options.letIn(address, this.clock.instant()))
			.findFirst();
	}

	/** What sshd calls StrictModes. */
	private boolean isSafe(Path file) throws IOException {
		Path each = file.toRealPath();
		Path top = this.home.toRealPath();
		if (!each.startsWith(top)) {
			return false;
		}
		for (; each.startsWith(top); each = each.getParent()) {
			if (!isSafeItself(each)) {
				logger.info("Nobody is let in: {} belongs to another or may be written by others", each);
				return false;
			}
		}
		return true;
	}

	private boolean isSafeItself(Path path) throws IOException {
		PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
		String owner = attributes.owner().getName();
		return (owner.equals(System.getProperty("user.name")) || "root".equals(owner))
				&& Collections.disjoint(attributes.permissions(), WRITABLE_BY_OTHERS);
	}

	private static byte[] blob(PublicKey key) {
		ByteArrayBuffer buffer = new ByteArrayBuffer();
		buffer.putRawPublicKey(key);
		return buffer.getCompactData();
	}

}
