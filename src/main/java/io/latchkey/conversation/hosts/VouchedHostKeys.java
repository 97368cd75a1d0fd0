package io.latchkey.conversation.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.PublicKey;

/**
 * What a node that has shown a pinned host key says of its others, as OpenSSH's
 * {@code hostkeys-00@openssh.com} has it (PROTOCOL, section 2.5): root on the node names
 * them, and signs with each what Latchkey asks it to.
 *
 * @param shown by which it was known in this conversation
 * @param named those that its sshd is configured with; none where it could not be asked
 * @param proved those of them whose private half is there
 */
public record VouchedHostKeys(PublicKey shown, List<PublicKey> named, List<PublicKey> proved) {

	public VouchedHostKeys {
		named = List.copyOf(named);
		proved = List.copyOf(proved);
	}

	/**
	 * By which the node is to be known from now on: those that it proved come in, those
	 * that it names no more go. The one that it still shows stays: a sshd that was not
	 * restarted since its keys were replaced has the old ones.
	 * @param pinned those before
	 */
	public List<HostKey> renew(List<HostKey> pinned) {
		if (this.named.isEmpty()) {
			return pinned;
		}
		Stream<HostKey> kept = pinned.stream()
			.filter((key) -> key.key().equals(this.shown) || this.named.contains(key.key()));
		return new ArrayList<>(Stream.concat(kept, this.proved.stream().map(HostKey::new)).distinct().toList());
	}

}
