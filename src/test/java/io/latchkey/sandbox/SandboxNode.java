package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/**
 * A node of the sandbox: an SSH server on a loopback port with one account, whose home is
 * a folder and whose commands are real processes of the JVM's own user.
 */
class SandboxNode implements AutoCloseable {

	/** The only account. */
	static final String ACCOUNT = "deploy";

	static final String ADDRESS = "127.0.0.1";

	/** Where OpenSSH is asked for its version, this says what the sandbox can do. */
	private static final String IDENTIFICATION = "OpenSSH_9.9 Latchkey-sandbox";

	private final String name;

	private final Path home;

	private final KeyFile hostKey;

	private final SshServer server;

	private final Set<Process> processes = ConcurrentHashMap.newKeySet();

	/**
	 * @param folder keeps its host key and its home
	 * @param password lets the account in besides its keys
	 */
	SandboxNode(String name, Path folder, String password, Clock clock) throws IOException {
		this.name = name;
		this.home = Files.createDirectories(folder.resolve("home")).toRealPath();
		Files.setPosixFilePermissions(this.home, PosixFilePermissions.fromString("rwx------"));
		this.hostKey = KeyFile.at(folder.resolve("ssh_host_ed25519_key"));
		this.server = SshServer.setUpDefaultServer();
		this.server.setHost(ADDRESS);
		this.server.setKeyPairProvider(this.hostKey.provider());
		this.server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
		this.server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(this.home, clock));
		this.server.setPasswordAuthenticator(passwordAuthenticator(password));
		this.server.setChannelFactories(List.of(new SandboxChannel.Factory()));
		this.server.setCommandFactory((channel, command) -> new ShellProcess(this, command));
		this.server.setShellFactory((channel) -> new ShellProcess(this, null));
		CoreModuleProperties.SERVER_IDENTIFICATION.set(this.server, IDENTIFICATION);
		CoreModuleProperties.TCP_NODELAY.set(this.server, true);
	}

	/**
	 * Starts to listen; on any free port when it is 0. Throws a BindException when the
	 * port is taken.
	 */
	void start(int port) throws IOException {
		this.server.setPort(port);
		this.server.start();
	}

	String name() {
		return this.name;
	}

	int port() {
		return this.server.getPort();
	}

	Path home() {
		return this.home;
	}

	Path authorizedKeys() {
		return this.home.resolve(".ssh/authorized_keys");
	}

	/** {@code type base64}. */
	String hostKey() {
		return this.hostKey.publicKey();
	}

	void started(Process process) {
		this.processes.add(process);
		process.onExit().thenAccept(this.processes::remove);
	}

	@Override
	public void close() throws IOException {
		this.server.stop(true);
		this.processes.forEach((process) -> {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
		});
	}

	private static PasswordAuthenticator passwordAuthenticator(String password) {
		byte[] expected = password.getBytes(StandardCharsets.UTF_8);
		return (username, given, session) -> {
			session.setAttribute(SandboxChannel.OPTIONS, LoginOptions.NONE);
			return ACCOUNT.equals(username) && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected);
		};
	}

}
