package io.latchkey.diagnosis.client;

import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What a client said of one try to log in. Of a way over jump hosts it is the server at
 * which the try ended; null stands for what it does not say.
 *
 * @param client what said it, such as {@code OpenSSH_9.2p1}
 * @param target to which it was on its way by a jump host at which it ended
 * @param host as it was named to the client, or set in its configuration
 * @param address to which the name led
 * @param server what the server says that it is
 * @param methods by which the server would have let in, at last
 * @param authenticated whether the server let in
 * @param agentKeys how many keys the agent has; −1 where that is not said
 * @param lines those about that server
 * @param privateKey whether a private key was pasted with it
 */
public record ClientStory(@Nullable String client, @Nullable String target, @Nullable String host,
		@Nullable String address, int port, @Nullable String user, @Nullable String server,
		@Nullable Fingerprint hostKey, List<OfferedKey> keys, List<String> methods, boolean authenticated,
		int agentKeys, List<String> lines, boolean privateKey) {

	/** In characters. */
	public static final int LONGEST = 256 * 1024;

	public ClientStory {
		keys = List.copyOf(keys);
		methods = List.copyOf(methods);
		lines = List.copyOf(lines);
	}

	public boolean isOffered(OfferedKey.Answer answer) {
		return this.keys.stream().anyMatch((key) -> key.answer() == answer);
	}

}
