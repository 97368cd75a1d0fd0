package io.latchkey.managementkeys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StartRefusedException;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.ManagementKeyAgent;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * Which of the keys that the SSH agent holds is to be Latchkey's own.
 */
final class AgentKeys {

	private final ManagementKeyAgent agent;

	AgentKeys(ManagementKeyAgent agent) {
		this.agent = agent;
	}

	/**
	 * The first that there ever is.
	 * @throws StartRefusedException when it cannot be told which
	 */
	PublicKey first() {
		try {
			List<PublicKey> keys = this.agent.keys();
			PublicKey first = choose(keys, this.agent.preferred().orElse(null));
			if (first == null) {
				throw new StartRefusedException(
						"The SSH agent at %s is to hold the management key. Expected %s, but it holds %s.".formatted(
								this.agent.socket().orElseThrow(),
								this.agent.preferred().map(Fingerprint::toString).orElse("a single usable key"),
								keys.isEmpty() ? "none: it is empty or locked" : list(keys)),
						"Add the key with ssh-add, unlock the agent with ssh-add -X, or name one of its keys by "
								+ "latchkey.management-key.agent.key.");
			}
			return first;
		}
		catch (NodeException.AgentUnavailable ex) {
			throw new StartRefusedException(
					"The first management key is to be taken from an SSH agent, but " + ex.getMessage() + ".",
					"Start the agent, or point latchkey.management-key.agent.socket to the socket of one that runs. "
							+ "Without that setting Latchkey makes a key of its own.",
					ex);
		}
	}

	/**
	 * The usual one to which a rotation moves.
	 * @param present those that are in use
	 * @throws InvalidInputException when it cannot be told which
	 */
	PublicKey usual(@Nullable Fingerprint named, Set<Fingerprint> present) {
		if (this.agent.socket().isEmpty()) {
			throw new InvalidInputException(Fault.of("holder", "management-key.no-agent"));
		}
		Fingerprint wanted = (named != null) ? named
				: this.agent.preferred().filter((key) -> !present.contains(key)).orElse(null);
		if (wanted != null && present.contains(wanted)) {
			throw new InvalidInputException(Fault.of("fingerprint", "management-key.present", wanted));
		}
		List<PublicKey> others = others("holder", present);
		PublicKey chosen = choose(others, wanted);
		if (chosen == null) {
			throw new InvalidInputException(fault(others, wanted));
		}
		return chosen;
	}

	/**
	 * One of another kind than the usual one.
	 * @param present those that are in use
	 * @throws InvalidInputException when the agent holds none that is new, or several
	 */
	PublicKey ofKind(ManagementKeyKind kind, Set<Fingerprint> present) {
		List<PublicKey> others = others("managementKey", present).stream().filter(kind::isOf).toList();
		if (others.size() != 1) {
			throw new InvalidInputException(
					others.isEmpty() ? Fault.of("managementKey", "management-key.agent-lacks-kind", kind)
							: Fault.of("managementKey", "management-key.agent-several-of-kind", kind, list(others)));
		}
		return others.get(0);
	}

	private List<PublicKey> others(String field, Set<Fingerprint> present) {
		try {
			return this.agent.keys().stream().filter((key) -> !present.contains(key.fingerprint())).toList();
		}
		catch (NodeException.AgentUnavailable ex) {
			throw new InvalidInputException(Fault.of(field, "verbatim", String.valueOf(ex.getMessage())));
		}
	}

	private static Fault fault(List<PublicKey> others, @Nullable Fingerprint wanted) {
		if (others.isEmpty()) {
			return Fault.of("fingerprint", "management-key.agent-empty");
		}
		return (wanted != null) ? Fault.of("fingerprint", "management-key.agent-lacks", list(others))
				: Fault.of("fingerprint", "management-key.agent-several", list(others));
	}

	private static @Nullable PublicKey choose(List<PublicKey> keys, @Nullable Fingerprint wanted) {
		if (wanted == null) {
			return (keys.size() == 1) ? keys.get(0) : null;
		}
		return keys.stream().filter((key) -> key.fingerprint().equals(wanted)).findFirst().orElse(null);
	}

	private static String list(List<PublicKey> keys) {
		return keys.stream().map((key) -> key.fingerprint().toString()).collect(Collectors.joining(", "));
	}

}
