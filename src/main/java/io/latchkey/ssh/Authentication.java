package io.latchkey.ssh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

/**
 * The login at a node that has to prove first that it is the pinned one.
 */
final class Authentication {

	private Authentication() {
	}

	/**
	 * @throws NodeException when it is another, or does not let the account in
	 */
	static void logIn(SshConnection connection, Endpoint endpoint, String account, AuthenticationMethod method) {
		PinnedHostKeys hostKeys = new PinnedHostKeys(endpoint.hostKeys(), connection::hostKeyIsKnown);
		JSch jsch = new JSch();
		try {
			method.offer(jsch);
			Map<String, String> configuration = new HashMap<>(method.configuration());
			configuration.putAll(configuration(PinnedHostKeys.typesOf(endpoint.hostKeys()), endpoint.algorithms()));
			Session session = connection.session(jsch, account, hostKeys, configuration);
			method.offer(session);
			connection.handshake().conceal(method);
			connection.connect();
			jsch.removeAllIdentity();
			connection.login().noteLetInBy(method.signed());
		}
		catch (JSchException ex) {
			NodeException missing = method.failure();
			if (missing != null) {
				throw connection.handshake().noted(missing);
			}
			NodeException failure = connection.notLoggedIn(ex, hostKeys,
					new LoginRefusal(account, method.isPassword(), connection.handshake().hasTried()));
			throw connection.handshake()
				.noted(method.isRepeatedIn(failure) ? connection.failures().repeatsPassword(account) : failure);
		}
	}

	/**
	 * @param hostKeyTypes so that the node shows a key of one of these
	 */
	static Map<String, String> configuration(List<String> hostKeyTypes, Algorithms algorithms) {
		Map<String, String> configuration = new HashMap<>(algorithms.configuration());
		configuration.put("server_host_key",
				hostKeyTypes.stream()
					.flatMap((type) -> algorithms.signatures(type).stream())
					.collect(Collectors.joining(",")));
		return configuration;
	}

}
