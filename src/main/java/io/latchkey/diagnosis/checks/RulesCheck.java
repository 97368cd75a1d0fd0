package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.LoginRule;
import io.latchkey.openssh.LoginVerdict;

import org.springframework.stereotype.Component;

/** What the rules of sshd's configuration say of every login as the account. */
@Component
class RulesCheck implements Check {

	@Override
	public String id() {
		return "rules";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	private final Findings findings;

	RulesCheck(Findings findings) {
		this.findings = findings;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.rules().ofAccount(facts.account()).stream().map((verdict) -> of(verdict, facts)).toList();
	}

	private Trouble of(LoginVerdict verdict, LoginFacts facts) {
		String text = this.findings.of(verdict, facts.account(), facts.rules());
		String keyword = verdict.rule().keyword();
		Trouble trouble = verdict.isRefusal() ? Trouble.problem("rule", text, keyword) : asksForMore(verdict, facts)
				? Trouble.likely("rule", text, keyword) : Trouble.warning("rule", text, keyword);
		return trouble.seenAll(facts.setting(keyword, "match").stream().limit(20).toList());
	}

	/** Whether a key does not do alone, whatever the connection. */
	private static boolean asksForMore(LoginVerdict verdict, LoginFacts facts) {
		return verdict.rule() == LoginRule.AUTHENTICATION_METHODS
				&& !facts.rules().varying().contains(verdict.rule().keyword());
	}

}
