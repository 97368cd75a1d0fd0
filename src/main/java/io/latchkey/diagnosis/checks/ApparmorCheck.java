package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether AppArmor confines sshd. */
@Component
class ApparmorCheck implements Check {

	@Override
	public String id() {
		return "apparmor";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.told()
			.around(Surrounding.APPARMOR)
			.stream()
			.filter((profile) -> profile.contains("(enforce)"))
			.limit(1)
			.map((profile) -> Trouble.warning("apparmor", facts.account(), facts.file()).seen(profile))
			.toList();
	}

}
