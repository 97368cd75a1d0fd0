package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.diagnosis.TestLogin;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

record TestLoginAnswer(String node, String account, Instant at, boolean loggedIn, @Nullable String detail,
		@Nullable String sshVersion, List<String> files, List<String> obstacles, String command, List<KeyAnswer> keys) {

	static TestLoginAnswer of(TestLogin test) {
		return new TestLoginAnswer(test.node(), test.account(), test.at(), test.look().loggedIn(), test.look().detail(),
				test.look().sshVersion(), test.files(), test.obstacles(), test.ssh().command(),
				test.keys().stream().map(KeyAnswer::of).toList());
	}

	/**
	 * What becomes of a login with one key.
	 *
	 * @param lines those that may decide; the first that the client's address fits does
	 */
	@Schema(name = "TestedKey")
	record KeyAnswer(String fingerprint, String algorithm, @Nullable String identity, boolean accepted,
			@Nullable String detail, List<LineAnswer> lines, List<GrantAnswer> grants) {

		static KeyAnswer of(TestLogin.Key key) {
			return new KeyAnswer(key.fingerprint().value(), key.algorithm(), key.identity(), key.accepted(),
					key.detail(),
					key.lines()
						.stream()
						.map((line) -> new LineAnswer(line.file(), line.number(), line.options(), line.until()))
						.toList(),
					key.grants()
						.stream()
						.map((grant) -> new GrantAnswer(grant.id(), grant.startsAt(), grant.expiresAt()))
						.toList());
		}

	}

	/** A line that lets the key in. */
	@Schema(name = "TestedLine")
	record LineAnswer(String file, int line, String options, @Nullable Instant until) {

	}

	/** A grant that reaches the account. */
	@Schema(name = "TestedGrant")
	record GrantAnswer(long id, Instant startsAt, @Nullable Instant expiresAt) {

	}

}
