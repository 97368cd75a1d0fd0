package io.latchkey.ssh;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.NodeException.AgentUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Authentication by Latchkey's own keys, whoever holds them. An agent is asked for them
 * before the node is, so that no node sees a login that cannot come to its end.
 */
final class ByOwnKeys implements AuthenticationMethod {

	private final List<OwnKey> keys;

	private final ManagementKeyAgent agent;

	private Map<Fingerprint, Identity> held = Map.of();

	private @Nullable AgentExchange exchange;

	private @Nullable AgentUnavailable failure;

	private @Nullable PublicKey signed;

	/**
	 * @param keys in the order in which they are offered
	 */
	ByOwnKeys(List<OwnKey> keys, ManagementKeyAgent agent) {
		this.keys = List.copyOf(keys);
		this.agent = agent;
	}

	/** One that cannot be had is passed over as long as there is another. */
	@Override
	public void ready() {
		List<Fingerprint> wanted = this.keys.stream().filter(OwnKey::isOfAgent).map(OwnKey::fingerprint).toList();
		if (wanted.isEmpty()) {
			return;
		}
		try {
			this.exchange = this.agent.exchange();
			this.held = this.agent.find(wanted, this.exchange);
		}
		catch (AgentUnavailable ex) {
			if (wanted.size() == this.keys.size()) {
				throw ex;
			}
			this.failure = ex;
		}
	}

	@Override
	public Map<String, String> configuration() {
		return ByKey.configuration(this.keys.size());
	}

	@Override
	public void offer(JSch jsch) throws JSchException {
		for (OwnKey key : this.keys) {
			Identity identity = this.held.get(key.fingerprint());
			if (!key.isOfAgent()) {
				byte[] privateKey = Objects.requireNonNull(key.privateKey());
				jsch.addIdentity(OfferedKey.of(key.publicKey(), privateKey, this::noteSigned), null);
			}
			else if (identity != null) {
				jsch.addIdentity(OfferedKey.of(key.publicKey(), identity, this::noteSigned), null);
			}
		}
	}

	@Override
	public void offer(Session session) {
		// JSch has it
	}

	private void noteSigned(PublicKey key) {
		this.signed = key;
	}

	@Override
	public @Nullable PublicKey signed() {
		return this.signed;
	}

	/** That of the key that is offered first. */
	@Override
	public Fingerprint fingerprint() {
		return this.keys.get(0).fingerprint();
	}

	@Override
	public @Nullable NodeException failure() {
		AgentUnavailable failed = (this.exchange != null) ? this.exchange.failure() : null;
		return (failed != null) ? this.agent.noted(failed) : this.failure;
	}

	/** A key never leaves Latchkey. */
	@Override
	public boolean isRepeatedIn(String text) {
		return false;
	}

	@Override
	public void close() {
		this.keys.forEach(OwnKey::wipe);
	}

}
