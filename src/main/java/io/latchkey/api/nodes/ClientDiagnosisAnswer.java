package io.latchkey.api.nodes;

import java.util.List;

import io.latchkey.api.nodes.DiagnosisAnswer.CheckAnswer;
import io.latchkey.diagnosis.ClientDiagnosis;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a login, as the client itself says it.
 *
 * @param answer in one sentence
 * @param privateKey whether a private key was pasted; nothing of it is kept or given back
 * @param keys that were offered, in that order
 * @param findings the first cause first
 */
@Schema(name = "ClientDiagnosis")
record ClientDiagnosisAnswer(@Nullable String client, @Nullable String node, @Nullable String host,
		@Nullable String account, String answer, boolean authenticated, boolean privateKey, List<KeyAnswer> keys,
		List<CheckAnswer> findings) {

	static ClientDiagnosisAnswer of(ClientDiagnosis said) {
		return new ClientDiagnosisAnswer(said.client(), said.node(), said.host(), said.account(), said.answer(),
				said.authenticated(), said.privateKey(), said.keys().stream().map(KeyAnswer::of).toList(),
				said.findings().stream().map(CheckAnswer::of).toList());
	}

	/**
	 * A key that the client offered.
	 *
	 * @param name its file, or its comment where it came from an agent
	 * @param fingerprint null where the client does not say
	 * @param identity whose it is; null where it is nobody's
	 * @param accounts of the node for which it is granted
	 */
	@Schema(name = "OfferedKey")
	record KeyAnswer(String name, @Nullable String type, @Nullable String fingerprint, ClientDiagnosis.Answer answer,
			@Nullable String identity, ClientDiagnosis.Standing standing, List<String> accounts) {

		static KeyAnswer of(ClientDiagnosis.Key key) {
			return new KeyAnswer(key.name(), key.type(), (key.fingerprint() != null) ? key.fingerprint().value() : null,
					key.answer(), key.identity(), key.standing(), key.accounts());
		}

	}

}
