package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.diagnosis.ClientDiagnosis.Key;
import io.latchkey.diagnosis.ClientDiagnosis.Standing;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.diagnosis.client.OfferedKey.Answer;

/** Causes of a failed login in the keys that were offered, and in those that were not. */
final class ClientKeyCauses {

	private static final String KEYS = "keys";

	private static final String PUBLIC_KEY = "publickey";

	private ClientKeyCauses() {
	}

	/** What explains more than anything that the client says of its files. */
	static List<ClientCause> first(ClientCase tried) {
		List<ClientCause> causes = new ArrayList<>();
		List<String> many = tried.lines("Too many authentication failures");
		if (!many.isEmpty()) {
			causes.add(ClientCause.problem(KEYS, "too-many", many, tried.keys().size(), tried.nodeName()));
		}
		else {
			tried.refused(Standing.IN_PLACE).forEach((key) -> causes.add(of("keys.in-place", key, tried)));
		}
		return causes;
	}

	static List<ClientCause> last(ClientCase tried, boolean explained) {
		ClientStory story = tried.story();
		List<ClientCause> causes = new ArrayList<>();
		if (tried.says("with partial success", "Further authentication required")) {
			causes.add(ClientCause.problem(KEYS, "partial",
					tried.lines("with partial success", "Further authentication required"), tried.nodeName(),
					String.join(", ", story.methods())));
		}
		else if (story.isOffered(Answer.ACCEPTED)) {
			if (!explained && !tried.says("Connection closed by", "Connection reset by", "closed network connection")) {
				causes.add(notSigned(tried));
			}
		}
		else if (!story.methods().isEmpty() && !story.methods().contains(PUBLIC_KEY)) {
			causes.add(ClientCause.problem(KEYS, "methods", tried.lines("can continue", "ermission denied"),
					tried.nodeName(), tried.accountName(), String.join(", ", story.methods())));
		}
		else if (story.keys().isEmpty()) {
			causes.addAll(noneOffered(tried));
		}
		else {
			causes.addAll(refused(tried));
		}
		return causes;
	}

	private static ClientCause notSigned(ClientCase tried) {
		Key key = tried.keys()
			.stream()
			.filter((each) -> each.answer() == ClientDiagnosis.Answer.ACCEPTED)
			.reduce((first, second) -> second)
			.orElseThrow();
		return of("not-signed", key, tried);
	}

	private static List<ClientCause> noneOffered(ClientCase tried) {
		ClientStory story = tried.story();
		if (story.methods().isEmpty()) {
			return List.of(); // it did not come so far
		}
		List<String> lines = tried.lines("Trying private key: ", "ermission denied", "No supported authentication");
		return List.of((story.agentKeys() > 0)
				? ClientCause.problem(KEYS, "identities-only", lines, story.agentKeys(), tried.nodeName())
				: ClientCause.problem(KEYS, "keys.none", lines, tried.nodeName()));
	}

	private static List<ClientCause> refused(ClientCase tried) {
		List<ClientCause> causes = new ArrayList<>();
		tried.refused(Standing.FOREIGN).forEach((key) -> causes.add(of("keys.foreign", key, tried)));
		tried.refused(Standing.GRANTED).forEach((key) -> causes.add(of("keys.granted", key, tried)));
		tried.refused(Standing.OTHER_ACCOUNT).forEach((key) -> causes.add(of("keys.other-account", key, tried)));
		tried.refused(Standing.NOT_GRANTED).forEach((key) -> causes.add(of("keys.not-granted", key, tried)));
		if (causes.isEmpty()) {
			tried.refused((key) -> key.isCertificate())
				.forEach((key) -> causes.add(of("keys.certificate", key, tried)));
		}
		if (causes.isEmpty() && tried.keys().stream().noneMatch((key) -> key.standing() == Standing.IN_PLACE)) {
			causes.add(nobodys(tried));
		}
		if (tried.story().agentKeys() > tried.keys().size()) {
			causes.add(ClientCause.warning(KEYS, "identities-only.some", tried.lines("agent returned"),
					tried.story().agentKeys(), tried.keys().size()));
		}
		return causes.stream().limit(10).toList();
	}

	private static ClientCause nobodys(ClientCase tried) {
		List<String> lines = tried.lines("Offering ", "Offered public key", "Trying Pageant key", "refused our key");
		boolean named = tried.keys().stream().anyMatch((key) -> key.fingerprint() != null);
		boolean owned = tried.keys().stream().anyMatch((key) -> key.identity() != null);
		String code = !named ? "keys.unnamed" : owned ? "keys.nowhere" : "keys.unknown";
		return ClientCause.problem(KEYS, code, lines, tried.nodeName(), tried.accountName(), tried.keys().size());
	}

	private static ClientCause of(String code, Key key, ClientCase tried) {
		String whose = (key.identity() != null) ? key.identity() : key.name();
		return ClientCause.problem(KEYS, code, tried.lines(key.shown()), tried.nodeName(), tried.accountName(),
				key.shown(), whose, String.join(", ", key.accounts()));
	}

}
