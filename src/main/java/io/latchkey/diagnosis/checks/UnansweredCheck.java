package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.nodestate.Findings;

import org.springframework.stereotype.Component;

/** Whether it is known what sshd reads and decides by. */
@Component
class UnansweredCheck implements Check {

	@Override
	public String id() {
		return "asked";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	private final Findings findings;

	UnansweredCheck(Findings findings) {
		this.findings = findings;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Unanswered unanswered = facts.visited().unanswered();
		if (unanswered == null || !facts.told().broken().isEmpty()) {
			return List.of();
		}
		return List
			.of(Trouble.warning("asked", this.findings.of(unanswered, facts.account())).seen(unanswered.detail()));
	}

}
