package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether PAM decides about accounts as well. */
@Component
class PamCheck implements Check {

	@Override
	public String id() {
		return "pam";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (!facts.told().settings().is("usepam", "yes")) {
			return List.of();
		}
		return facts.linesOf("/etc/pam.d/sshd")
			.stream()
			.filter((line) -> !line.text().contains("pam_nologin"))
			.filter((line) -> !line.text().contains("pam_access") || !facts.linesOf(ACCESS).isEmpty())
			.map((line) -> Trouble.warning("pam", facts.account(), line.text().replaceFirst(".*\\b(pam_\\w+).*", "$1"))
				.seen(line)
				.seenAll(line.text().contains("pam_access") ? facts.linesOf(ACCESS) : List.of()))
			.toList();
	}

	private static final String ACCESS = "/etc/security/access.conf";

}
