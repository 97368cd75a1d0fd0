package io.latchkey.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;

/**
 * What nobody who logs in with JSch can do without: a login to each node with the
 * settings that Latchkey has, and {@code true}.
 */
final class BareLogins {

	private static final int AT_ONCE = 32;

	private static final int DEADLINE_MILLIS = 30_000;

	private final Fleet fleet;

	private final SshKeyPair key;

	BareLogins(Fleet fleet, SshKeyPair key) {
		this.fleet = fleet;
		this.key = key;
	}

	/** Returns the CPU time that it cost here. */
	Duration run() throws InterruptedException, ExecutionException {
		long pid = ProcessHandle.current().pid();
		Duration before = Cpu.of(pid);
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<Future<?>> logins = new ArrayList<>();
			for (SshdNode node : this.fleet.nodes()) {
				logins.add(threads.submit(() -> {
					logIn(node);
					return null;
				}));
			}
			for (Future<?> login : logins) {
				login.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		return Cpu.of(pid).minus(before);
	}

	private void logIn(SshdNode node) throws JSchException, InterruptedException {
		JSch jsch = new JSch();
		jsch.addIdentity(this.key.privateKey().toString());
		Session session = jsch.getSession("root", node.address(), node.port());
		session.setConfig("StrictHostKeyChecking", "yes");
		session.setConfig("server_host_key", "ssh-ed25519");
		session.setConfig("PreferredAuthentications", "publickey");
		session.setConfig("enable_auth_none", "no");
		session.setConfig("enable_pubkey_auth_query", "no");
		jsch.setKnownHosts(new java.io.ByteArrayInputStream(
				"[%s]:%d %s\n".formatted(node.address(), node.port(), node.hostKeys().get(0))
					.getBytes(StandardCharsets.UTF_8)));
		session.connect(DEADLINE_MILLIS);
		try {
			ChannelExec channel = (ChannelExec) session.openChannel("exec");
			channel.setCommand("true");
			java.io.InputStream out = channel.getInputStream();
			channel.connect();
			if (out.readAllBytes().length > 0) {
				throw new JSchException("true said something on " + node);
			}
			while (!channel.isClosed()) {
				Thread.sleep(1);
			}
			if (channel.getExitStatus() != 0) {
				throw new JSchException("true failed on " + node);
			}
		}
		catch (java.io.IOException ex) {
			throw new JSchException("true on " + node, ex);
		}
		finally {
			session.disconnect();
		}
	}

}
