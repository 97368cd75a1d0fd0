package io.latchkey.ssh;

/** Opens what an account is let in by. */
final class Entries {

	private final OwnKeys ownKeys;

	private final ManagementKeyAgent agent;

	Entries(OwnKeys ownKeys, ManagementKeyAgent agent) {
		this.ownKeys = ownKeys;
		this.agent = agent;
	}

	/** A way to be let in, to be closed by who asked. */
	Entry of(Secret secret) {
		if (secret instanceof Secret.Password password) {
			return new Entry.ByPassword(password.value());
		}
		if (secret instanceof Secret.PrivateKey privateKey) {
			return new Entry.ByKey(privateKey.value(), privateKey.passphrase());
		}
		return new ByOwnKeys(this.ownKeys.open((Secret.ManagementKey) secret), this.agent);
	}

}
