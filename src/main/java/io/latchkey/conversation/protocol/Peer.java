package io.latchkey.conversation.protocol;

import java.util.Set;

import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.SshConnection;

/**
 * A node as the connection shows it, and as whom Latchkey is there.
 *
 * @param account that let Latchkey in
 * @param privilege with which it acts
 * @param sshVersion the software version of the node's banner
 * @param hostKey that it has shown
 * @param signatures the algorithms that it named in the handshake; none when it did not
 */
public record Peer(String account, Privilege privilege, String sshVersion, PublicKey hostKey, Set<String> signatures) {

	public Peer {
		signatures = Set.copyOf(signatures);
	}

	public static Peer of(SshConnection connection, Login login) {
		return new Peer(login.account(), login.privilege(), connection.sshVersion(), connection.hostKey(),
				connection.signatures());
	}

	/** Whether Latchkey has the rights of one account there, and no others. */
	public boolean isOneAccount() {
		return this.privilege == Privilege.SELF;
	}

	/** Whether Latchkey has the account's rights. */
	public boolean reaches(String other) {
		return !isOneAccount() || other.equals(this.account);
	}

	/** Whether its server says that it is OpenSSH's. */
	public boolean isOpenSsh() {
		return this.sshVersion.startsWith("OpenSSH_");
	}

}
