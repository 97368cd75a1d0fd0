package io.latchkey.ssh;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;

/**
 * Looks at the methods by which a node lets an account log in, by a request of the method
 * {@code none} (RFC 4252, section 5.2), without offering anything. May be held against
 * Latchkey ({@link Penalties}).
 */
final class MethodLooks {

	private static final int MOST_METHODS = 20;

	private final Routes routes;

	private final Penalties penalties;

	MethodLooks(Routes routes, Penalties penalties) {
		this.routes = routes;
		this.penalties = penalties;
	}

	/**
	 * In RFC 4252's words; {@code none} where nothing has to be offered.
	 * @throws NodeException when it cannot be asked, or is another than the pinned one
	 */
	Set<String> look(Endpoint endpoint, String account) {
		Penalties.Place place = Penalties.Place.of(endpoint);
		Duration rest = this.penalties.beforeTypedLogin(place);
		if (!rest.isZero()) {
			throw NodeFailures.of(endpoint.address(), endpoint.port()).triedTooOften(rest);
		}
		try (SshConnection connection = this.routes.dial(endpoint.address(), endpoint.port(), endpoint.hop())) {
			return look(connection, endpoint, account, place);
		}
	}

	private Set<String> look(SshConnection connection, Endpoint endpoint, String account, Penalties.Place place) {
		PinnedHostKeys hostKeys = new PinnedHostKeys(endpoint.hostKeys(), connection::hostKeyIsKnown);
		Map<String, String> configuration = new HashMap<>(
				Authentication.configuration(PinnedHostKeys.typesOf(endpoint.hostKeys()), endpoint.algorithms()));
		configuration.put("PreferredAuthentications", LoginRefusal.NO_METHOD);
		LoginRefusal refusal = new LoginRefusal(account, false, false);
		try {
			connection.session(new JSch(), account, hostKeys, configuration);
			connection.connect();
			return Set.of("none");
		}
		catch (JSchException ex) {
			NodeException failure = connection.notLoggedIn(ex, hostKeys, refusal);
			this.penalties.note(place, connection.handshake(), failure);
			String methods = refusal.methodsIn(String.valueOf(ex.getMessage()));
			if (methods.isEmpty()) {
				throw connection.handshake().noted(failure);
			}
			return Arrays.stream(methods.split(",")).limit(MOST_METHODS).collect(Collectors.toUnmodifiableSet());
		}
	}

}
