package io.latchkey.api.nodes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.latchkey.core.Faults;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How Latchkey gets in for the first time.
 */
record EnrolmentRequest(Enrolment.@Nullable Method method, @Nullable String password, @Nullable String privateKey,
		@Nullable String passphrase, @Nullable String account, @Nullable String acceptHostKey) {

	Enrolment toEnrolment() {
		Faults faults = new Faults();
		Enrolment.Method way = faults.required("method", this.method, Enrolment.Method.KEY_INSTALLED);
		Secret secret = switch (way) {
			case PASSWORD -> new Secret.Password(faults.required("password", this.password, "").toCharArray());
			case PRIVATE_KEY -> new Secret.PrivateKey(bytes(faults.required("privateKey", this.privateKey, "")),
					bytes((this.passphrase != null) ? this.passphrase : ""));
			case KEY_INSTALLED -> new Secret.ManagementKey();
		};
		Optional<Fingerprint> accepted = (this.acceptHostKey != null)
				? faults.parsed("acceptHostKey", this.acceptHostKey, Fingerprint::parse, "fingerprint.malformed")
				: Optional.empty();
		faults.check();
		return new Enrolment(secret, this.account, accepted.orElse(null));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Without the secrets. */
	@Override
	public String toString() {
		return "EnrolmentRequest[method=" + this.method + ", account=" + this.account + "]";
	}

}
