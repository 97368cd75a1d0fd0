package io.latchkey.diagnosis.checks;

import java.util.Arrays;
import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.identity.Identity;

import org.springframework.stereotype.Component;

/**
 * Whether sshd takes RSA keys with signatures over SHA-1 alone, which clients make no
 * more.
 */
@Component
class Sha1SignatureCheck implements Check {

	private static final String RSA = "ssh-rsa";

	private static final List<String> BETTER = List.of("rsa-sha2-256", "rsa-sha2-512");

	@Override
	public String id() {
		return "sha1";
	}

	@Override
	public Stage stage() {
		return Stage.KEY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Identity identity = facts.identity();
		List<String> accepted = facts.rules()
			.settings()
			.value("pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes")
			.map((list) -> Arrays.asList(list.split(",")))
			.orElse(List.of());
		if (identity == null || !accepted.contains(RSA) || BETTER.stream().anyMatch(accepted::contains)) {
			return List.of();
		}
		return identity.keys()
			.stream()
			.filter((key) -> RSA.equals(key.key().type()))
			.filter((key) -> !facts.visited().lines().deciding(key.key().fingerprint()).isEmpty())
			.map((key) -> Trouble.likely("sha1", facts.who(), key.key().fingerprint().value())
				.seenAll(facts.setting("pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes")))
			.limit(1)
			.toList();
	}

}
