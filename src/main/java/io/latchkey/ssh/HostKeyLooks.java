package io.latchkey.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Endpoint.Hop;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the host keys that nodes show, without logging in. A connection brings one key
 * alone, and may be held against Latchkey ({@link Penalties}): there are no more of them
 * than the node has keys, and what was seen a moment ago is remembered.
 */
final class HostKeyLooks {

	/** Each group is asked for by itself: a node shows one key at a time. */
	private static final List<List<String>> TYPES = List.of(List.of("ssh-ed25519"),
			List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"), List.of("ssh-rsa"));

	/** After that, a look has cost nothing any more. */
	private static final Duration REMEMBERED = Duration.ofMinutes(1);

	static final int MOST_REMEMBERED = 1000;

	private static final String NOBODY = "latchkey";

	private final Routes routes;

	private final Penalties penalties;

	private final Map<Target, Seen> seen = new ConcurrentHashMap<>();

	HostKeyLooks(Routes routes, Penalties penalties) {
		this.routes = routes;
		this.penalties = penalties;
	}

	/** Those that it showed within the last minute, or shows now. */
	List<HostKey> recent(Target target) {
		Seen before = this.seen.get(target);
		return (before != null && System.nanoTime() - before.at() < REMEMBERED.toNanos()) ? before.keys()
				: look(target);
	}

	/**
	 * Those that it shows now, one for each group of types that it has.
	 * @throws NodeException when it cannot be asked
	 */
	List<HostKey> look(Target target) {
		this.seen.remove(target);
		Duration rest = this.penalties.beforeLook(target.place());
		if (!rest.isZero()) {
			throw NodeFailures.of(target.address(), target.port()).triedTooOften(rest);
		}
		List<HostKey> keys = new ArrayList<>();
		List<List<String>> left = TYPES;
		for (int looks = 0; looks < TYPES.size() && !left.isEmpty(); looks++) {
			Shown shown = lookOnce(target, left.stream().flatMap(List::stream).toList());
			keys.add(shown.key());
			left = left.stream()
				.filter((types) -> !types.contains(shown.key().key().type()))
				.filter((types) -> shown.offers(types, target.algorithms()))
				.toList();
		}
		remember(target, keys);
		return keys;
	}

	private void remember(Target target, List<HostKey> keys) {
		long now = System.nanoTime();
		if (this.seen.size() >= MOST_REMEMBERED) {
			this.seen.values().removeIf((each) -> now - each.at() >= REMEMBERED.toNanos());
		}
		if (this.seen.size() < MOST_REMEMBERED) {
			this.seen.put(target, new Seen(List.copyOf(keys), now));
		}
	}

	private Shown lookOnce(Target target, List<String> types) {
		try (SshConnection connection = this.routes.dial(target.address(), target.port(), target.hop())) {
			try {
				Shown shown = new Shown(hostKey(connection, types, target.algorithms()),
						connection.handshake().hostKeyAlgorithms());
				this.penalties.noteLook(target.place(), connection.handshake());
				return shown;
			}
			catch (NodeException ex) {
				this.penalties.note(target.place(), connection.handshake(), ex);
				throw ex;
			}
		}
	}

	private static HostKey hostKey(SshConnection connection, List<String> types, Algorithms algorithms) {
		PinnedHostKeys none = new PinnedHostKeys();
		try {
			connection.session(new JSch(), NOBODY, none, Authentication.configuration(types, algorithms));
			connection.connect();
			throw new IllegalStateException("Connected without knowing the host key");
		}
		catch (JSchException ex) {
			byte[] shown = none.shown();
			if (ex instanceof JSchHostKeyException && shown != null) {
				return hostKey(connection, shown);
			}
			if (ex instanceof JSchAlgoNegoFailException disagreement && Disagreement.isAboutHostKeys(disagreement)) {
				throw connection.handshake().noted(connection.failures().noHostKey(disagreement));
			}
			throw connection.handshake()
				.noted(connection.notLoggedIn(ex, none, new LoginRefusal(NOBODY, false, false)));
		}
	}

	private static HostKey hostKey(SshConnection connection, byte[] shown) {
		try {
			return new HostKey(PublicKey.of(shown));
		}
		catch (InvalidKeyException ex) {
			throw connection.broken(new IOException(ex.getMessage(), ex));
		}
	}

	/** Who is asked, and how. */
	record Target(String address, int port, Algorithms algorithms, @Nullable Hop hop) {

		Penalties.Place place() {
			return new Penalties.Place(this.address, this.port, this.hop);
		}

	}

	/** What was seen, and when. */
	private record Seen(List<HostKey> keys, long at) {

	}

	/**
	 * A key, and the algorithms of all of them.
	 */
	private record Shown(HostKey key, @Nullable List<String> algorithms) {

		boolean offers(List<String> types, Algorithms ours) {
			return this.algorithms == null || types.stream()
				.flatMap((type) -> ours.signatures(type).stream())
				.anyMatch(this.algorithms::contains);
		}

	}

}
