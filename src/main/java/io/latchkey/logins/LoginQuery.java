package io.latchkey.logins;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which logins are asked for. What is null does not matter.
 *
 * @param since the first instant
 * @param until the first one that is too late
 * @param fresh whether only the first ones from an address are wanted
 */
public record LoginQuery(@Nullable String identity, @Nullable String node, @Nullable String account,
		@Nullable String address, @Nullable String fingerprint, @Nullable Long grant, Login.@Nullable Outcome outcome,
		@Nullable Standing standing, @Nullable Instant since, @Nullable Instant until, @Nullable Method method,
		boolean fresh) {

	/** How somebody came. */
	public enum Method {

		KEY("publickey"), PASSWORD("password", "keyboard-interactive", "keyboard-interactive/pam");

		private final List<String> names;

		Method(String... names) {
			this.names = List.of(names);
		}

		/** As sshd names it. */
		List<String> names() {
			return this.names;
		}

	}

	/** However they came, and from wherever. */
	public LoginQuery(@Nullable String identity, @Nullable String node, @Nullable String account,
			@Nullable String address, @Nullable String fingerprint, @Nullable Long grant,
			Login.@Nullable Outcome outcome, @Nullable Standing standing, @Nullable Instant since,
			@Nullable Instant until) {
		this(identity, node, account, address, fingerprint, grant, outcome, standing, since, until, null, false);
	}

	/** All of them. */
	public static final LoginQuery ALL = new LoginQuery(null, null, null, null, null, null, null, null, null, null);

}
