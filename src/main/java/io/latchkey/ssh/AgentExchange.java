package io.latchkey.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.jcraft.jsch.AgentConnector;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Buffer;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.USocketFactory;
import io.latchkey.core.ShownDuration;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.ShownText;
import io.latchkey.ssh.NodeException.AgentUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * What one login asks of an SSH agent. JSch speaks the protocol, but waits for ever and
 * takes an agent that fails for one that holds nothing: here each question has its
 * deadline, and what failed is remembered. Serves one thread.
 */
final class AgentExchange {

	private final Path socket;

	private final Duration timeout;

	private final ScheduledExecutorService timer;

	private @Nullable AgentUnavailable failure;

	AgentExchange(Path socket, Duration timeout, ScheduledExecutorService timer) {
		this.socket = socket;
		this.timeout = timeout;
		this.timer = timer;
	}

	/**
	 * The keys that it holds, in its order.
	 * @throws AgentUnavailable when it does not tell
	 */
	Map<Fingerprint, Identity> identities() {
		Map<Fingerprint, Identity> identities = new LinkedHashMap<>();
		try {
			for (Identity identity : new AgentIdentityRepository(new Question()).getIdentities()) {
				identities.put(Fingerprint.of(identity.getPublicKeyBlob()), new Signing(identity));
			}
		}
		catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException ex) {
			this.failure = unavailable("its answer makes no sense", ex);
		}
		if (this.failure != null) {
			throw this.failure;
		}
		return identities;
	}

	/** What it failed at last; null when it did not. */
	@Nullable AgentUnavailable failure() {
		return this.failure;
	}

	AgentUnavailable unavailable(String why, @Nullable Exception cause) {
		return new AgentUnavailable("the SSH agent at %s does not serve: %s".formatted(this.socket, why), cause);
	}

	/** One question and its answer, over a connection of their own. */
	private final class Question implements AgentConnector, USocketFactory {

		private final SSHAgentConnector connector = new SSHAgentConnector(this, AgentExchange.this.socket);

		private @Nullable Future<?> deadline;

		private volatile boolean expired;

		@Override
		public String getName() {
			return this.connector.getName();
		}

		@Override
		public boolean isAvailable() {
			return this.connector.isAvailable();
		}

		@Override
		public void query(Buffer buffer) throws AgentProxyException {
			this.expired = false;
			try {
				this.connector.query(buffer);
			}
			catch (AgentProxyException ex) {
				AgentExchange.this.failure = unavailable(why(ex), ex);
				throw ex;
			}
			finally {
				if (this.deadline != null) {
					this.deadline.cancel(false);
				}
			}
		}

		@Override
		public SocketChannel connect(Path path) throws IOException {
			SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
			this.deadline = AgentExchange.this.timer.schedule(() -> expire(channel),
					AgentExchange.this.timeout.toNanos(), TimeUnit.NANOSECONDS);
			try {
				channel.connect(UnixDomainSocketAddress.of(path));
				return channel;
			}
			catch (IOException | RuntimeException ex) {
				channel.close();
				throw (ex instanceof IOException failed) ? failed : new IOException(ex.getMessage(), ex);
			}
		}

		@Override
		public ServerSocketChannel bind(Path path) {
			throw new UnsupportedOperationException();
		}

		private void expire(SocketChannel channel) {
			this.expired = true;
			try {
				channel.close();
			}
			catch (IOException ex) {
				// whoever waits for it is told by the closing itself
			}
		}

		private String why(AgentProxyException ex) {
			if (this.expired) {
				return "no answer within " + ShownDuration.of(AgentExchange.this.timeout);
			}
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			String message = cause.getMessage();
			return (message != null) ? ShownText.inOneLine(message) : "it hung up";
		}

	}

	/** A key that remembers when the agent did not sign with it. */
	private final class Signing implements Identity {

		private final Identity identity;

		Signing(Identity identity) {
			this.identity = identity;
		}

		@Override
		public byte @Nullable [] getSignature(byte[] text) {
			return getSignature(text, getAlgName());
		}

		@Override
		public byte @Nullable [] getSignature(byte[] text, String algorithm) {
			byte[] signature = null;
			Exception cause = null;
			try {
				signature = this.identity.getSignature(text, algorithm);
			}
			catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException ex) {
				cause = ex;
			}
			if (signature == null && AgentExchange.this.failure == null) {
				AgentExchange.this.failure = unavailable("it does not sign with " + Fingerprint.of(getPublicKeyBlob()),
						cause);
			}
			return signature;
		}

		@Override
		public boolean setPassphrase(byte @Nullable [] passphrase) {
			return true;
		}

		@Override
		public byte[] getPublicKeyBlob() {
			return this.identity.getPublicKeyBlob();
		}

		@Override
		public String getAlgName() {
			return this.identity.getAlgName();
		}

		@Override
		public String getName() {
			return this.identity.getName();
		}

		@Override
		public boolean isEncrypted() {
			return false;
		}

		@Override
		public void clear() {
			// the agent's
		}

	}

}
