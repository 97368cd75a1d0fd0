package io.latchkey.diagnosis;

import java.util.List;

import io.latchkey.diagnosis.client.OfferedKey;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a login, as the client itself says it. None of its text is kept.
 *
 * @param client what said it, such as {@code OpenSSH_9.2p1}; null where it does not say
 * @param node at which the try ended; null where Latchkey knows none there
 * @param host as the client names it
 * @param account as which it asked to be let in
 * @param answer in one sentence
 * @param authenticated whether the server let in
 * @param privateKey whether a private key was pasted, of which nothing was taken
 * @param keys that were offered, in that order
 * @param findings the first cause first
 */
public record ClientDiagnosis(@Nullable String client, @Nullable String node, @Nullable String host,
		@Nullable String account, String answer, boolean authenticated, boolean privateKey, List<Key> keys,
		List<Diagnosis.Result> findings) {

	public ClientDiagnosis {
		keys = List.copyOf(keys);
		findings = List.copyOf(findings);
	}

	/** Whether something is known by which the login failed. */
	public boolean isExplained() {
		return this.findings.stream().anyMatch((finding) -> finding.status() == Diagnosis.Status.PROBLEM);
	}

	/**
	 * A key that was offered, and what Latchkey knows of it.
	 *
	 * @param name its file, or its comment where it came from an agent
	 * @param type as the client names it, such as {@code ED25519}; null where it does not
	 * @param fingerprint null where the client does not say
	 * @param identity whose it is; null where it is nobody's, or the client does not say
	 * which key it is
	 * @param accounts of the node for which it is granted
	 */
	public record Key(String name, @Nullable String type, @Nullable Fingerprint fingerprint, Answer answer,
			@Nullable String identity, Standing standing, List<String> accounts) {

		public Key {
			accounts = List.copyOf(accounts);
		}

		static Key of(OfferedKey offered, @Nullable String identity, Standing standing, List<String> accounts) {
			return new Key(offered.name(), offered.type(), offered.fingerprint(),
					Answer.valueOf(offered.answer().name()), identity, standing, accounts);
		}

		boolean isCertificate() {
			return this.type != null && this.type.endsWith("-CERT");
		}

		/** Its fingerprint, or else its name. */
		String shown() {
			return (this.fingerprint != null) ? this.fingerprint.value() : this.name;
		}

	}

	/** What the server said of a key. */
	public enum Answer {

		ACCEPTED, REFUSED,
		/** Nothing, or the text ends before. */
		NONE

	}

	/** How a key stands for the account of the node. */
	public enum Standing {

		/** Granted, and seen in the account's file when the node was last looked at. */
		IN_PLACE,
		/** Granted, and not seen there. */
		GRANTED,
		/** Seen there, although nobody granted it. */
		FOREIGN,
		/** Granted for other accounts of the node. */
		OTHER_ACCOUNT,
		/** Somebody's, and not for that node. */
		NOT_GRANTED,
		/** Nobody's in Latchkey. */
		UNKNOWN,
		/**
		 * The client does not say which key it is, or the node or account is not known.
		 */
		UNTOLD

	}

}
