package io.latchkey.runs;

import java.util.Set;
import java.util.function.Function;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Login;
import org.jspecify.annotations.Nullable;

/**
 * How one run moves its node to another of Latchkey's own keys, by the lines of the
 * management account. What stands here is what is done where there is nothing to move.
 * For one thread.
 */
public interface KeyMove {

	/** The node stays with the key that it knows. */
	KeyMove NONE = new KeyMove() {
	};

	default boolean isUnderWay() {
		return false;
	}

	/**
	 * Logs in, and learns by that which keys the node takes.
	 * @param afresh by a login of its own
	 */
	default NodeConversation connect(Login login, Function<Login, NodeConversation> afresh) {
		return afresh.apply(login);
	}

	/** The first file of the management account stands as it was looked at. */
	default void noteStands(AuthorizedKeysFile first) {
	}

	/** What the first file is to hold for the next step, of what was planned for it. */
	default AuthorizedKeysFile inFirst(AuthorizedKeysFile planned) {
		return planned;
	}

	/** The same of any other file. */
	default AuthorizedKeysFile inOther(AuthorizedKeysFile planned) {
		return planned;
	}

	/** With what a file is proved that is about to be written. */
	default Login proving(Login login, AuthorizedKeysFile target) {
		return login;
	}

	/**
	 * A file was proved.
	 * @return whether there is another step to be done now
	 */
	default boolean advance(AuthorizedKeysFile proved) {
		return false;
	}

	/**
	 * How far it has come.
	 * @param left the keys that the management account lets in now, or null when that is
	 * not known
	 * @return nothing when there is nothing to move
	 */
	default @Nullable KeyStanding standing(@Nullable Set<Fingerprint> left) {
		return null;
	}

}
