package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.TestLogin;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.identity.Identity;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/** Whether keys on hardware tokens have to do more than a client may be set to do. */
@Component
class HardwareKeyCheck implements Check {

	@Override
	public String id() {
		return "hardware-key";
	}

	@Override
	public Stage stage() {
		return Stage.KEY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Identity identity = facts.identity();
		if (identity == null) {
			return List.of();
		}
		String wanted = facts.told().settings().value("pubkeyauthoptions").orElse("none");
		return identity.keys()
			.stream()
			.filter((key) -> key.key().render().startsWith("sk-"))
			.flatMap((key) -> look(key.key().fingerprint(), wanted, facts).stream())
			.limit(5)
			.toList();
	}

	private static Optional<Trouble> look(Fingerprint key, String wanted, LoginFacts facts) {
		List<TestLogin.Line> lines = facts.visited().lines().deciding(key);
		boolean verify = wanted.contains("verify-required")
				|| lines.stream().anyMatch((line) -> line.options().contains("verify-required"));
		if (lines.isEmpty()) {
			return Optional.empty();
		}
		boolean touch = !lines.get(0).options().contains("no-touch-required") || wanted.contains("touch-required");
		if (!verify && !touch) {
			return Optional.empty();
		}
		Trouble trouble = Trouble.warning(verify ? "hardware-key.verify" : "hardware-key.touch", facts.who(),
				key.value());
		for (TestLogin.Line line : lines) {
			trouble = trouble.seen(line.file(), line.number(), line.options());
		}
		return Optional.of(trouble.seenAll(facts.setting("pubkeyauthoptions")));
	}

}
