package io.latchkey.ssh;

/** Opens the method by which an account is let in. */
final class AuthenticationMethods {

	private final OwnKeys ownKeys;

	private final ManagementKeyAgent agent;

	AuthenticationMethods(OwnKeys ownKeys, ManagementKeyAgent agent) {
		this.ownKeys = ownKeys;
		this.agent = agent;
	}

	/** The method, to be closed by who asked. */
	AuthenticationMethod of(Secret secret) {
		if (secret instanceof Secret.Password password) {
			return new AuthenticationMethod.ByPassword(password.value());
		}
		if (secret instanceof Secret.PrivateKey privateKey) {
			return new AuthenticationMethod.ByKey(privateKey.value(), privateKey.passphrase());
		}
		return new ByOwnKeys(this.ownKeys.open((Secret.ManagementKey) secret), this.agent);
	}

}
