package io.latchkey.ssh;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

import com.jcraft.jsch.Identity;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyPolicy;
import io.latchkey.openssh.PublicKey;
import io.latchkey.openssh.WeakKeyException;
import io.latchkey.ssh.NodeException.AgentUnavailable;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The SSH agent that holds the management key, where one is set up: then no private key
 * is in Latchkey. Remembers whether it serves.
 */
@Component
public class ManagementKeyAgent implements DisposableBean {

	private final AgentProperties properties;

	private final Clock clock;

	private final ScheduledExecutorService timer = NodeThreads.timer();

	private @Nullable Trouble trouble;

	private long troubles;

	ManagementKeyAgent(AgentProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	/** The path of its socket; nothing where no agent is set up. */
	public Optional<Path> socket() {
		return this.properties.path();
	}

	/** What is the matter with it, as last known; nothing when it serves. */
	public synchronized Optional<Trouble> trouble() {
		return Optional.ofNullable(this.trouble);
	}

	/** How often it has ceased to serve since the start. */
	public synchronized long troubles() {
		return this.troubles;
	}

	/**
	 * The keys that it holds and that Latchkey could log in with.
	 * @throws AgentUnavailable when it does not tell
	 */
	public List<PublicKey> keys() {
		AgentExchange exchange = exchange();
		try {
			return usable(exchange.identities().values());
		}
		catch (AgentUnavailable ex) {
			throw noted(ex);
		}
	}

	/** The key that is to be taken where none is named. */
	public Optional<Fingerprint> preferred() {
		return this.properties.fingerprint();
	}

	/**
	 * @throws AgentUnavailable when none is set up
	 */
	AgentExchange exchange() {
		Path path = socket().orElseThrow(() -> new AgentUnavailable(
				"the management key is an SSH agent's, and latchkey.management-key.agent.socket names none", null));
		return new AgentExchange(path, this.properties.timeout(), this.timer);
	}

	/**
	 * Those of the keys that it holds now.
	 * @throws AgentUnavailable when it does not tell, or holds none of them
	 */
	Map<Fingerprint, Identity> find(Collection<Fingerprint> wanted, AgentExchange exchange) {
		try {
			Map<Fingerprint, Identity> held = exchange.identities();
			Map<Fingerprint, Identity> found = new LinkedHashMap<>(held);
			found.keySet().retainAll(wanted);
			if (found.size() == wanted.size()) {
				noteServing();
				return found;
			}
			AgentUnavailable lacks = exchange.unavailable(lacking(wanted, held), null);
			noted(lacks);
			if (found.isEmpty()) {
				throw lacks;
			}
			return found;
		}
		catch (AgentUnavailable ex) {
			throw noted(ex);
		}
	}

	/**
	 * Makes sure that it holds some of them now.
	 * @throws AgentUnavailable when it does not tell, or holds none of them
	 */
	public void require(Collection<Fingerprint> wanted) {
		find(wanted, exchange());
	}

	/** Remembers that it did not serve. */
	synchronized AgentUnavailable noted(AgentUnavailable failure) {
		if (this.trouble == null) {
			this.troubles++;
		}
		Instant since = (this.trouble != null) ? this.trouble.since() : this.clock.instant();
		this.trouble = new Trouble(failure, since);
		return failure;
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

	private synchronized void noteServing() {
		this.trouble = null;
	}

	private static String lacking(Collection<Fingerprint> wanted, Map<Fingerprint, Identity> held) {
		String missing = wanted.stream()
			.filter((key) -> !held.containsKey(key))
			.map(Fingerprint::toString)
			.collect(Collectors.joining(", "));
		return held.isEmpty() ? "it does not hold %s, and no other key either: it is empty or locked".formatted(missing)
				: "it does not hold %s, but %d other keys".formatted(missing, held.size());
	}

	/** Without certificates, keys that somebody has to touch, and those that are weak. */
	private static List<PublicKey> usable(Collection<Identity> identities) {
		List<PublicKey> usable = new ArrayList<>();
		for (Identity identity : identities) {
			try {
				PublicKey key = PublicKey.of(identity.getPublicKeyBlob());
				KeyPolicy.DEFAULT.check(key);
				if (!key.algorithm().contains("-")) {
					usable.add(key);
				}
			}
			catch (InvalidKeyException | WeakKeyException ex) {
				// none that a node should be opened with
			}
		}
		return usable;
	}

	/**
	 * It does not serve.
	 *
	 * @param failure says why
	 */
	public record Trouble(AgentUnavailable failure, Instant since) {

	}

}
