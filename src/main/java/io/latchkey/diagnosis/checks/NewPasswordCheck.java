package io.latchkey.diagnosis.checks;

import java.time.LocalDate;
import java.util.List;

import io.latchkey.conversation.accounts.ShadowEntry;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.inventory.AccountName;

import org.springframework.stereotype.Component;

/** Whether the account must set a new password before anything else. */
@Component
class NewPasswordCheck implements Check {

	@Override
	public String id() {
		return "new-password";
	}

	@Override
	public Stage stage() {
		return Stage.ACCOUNT;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		ShadowEntry shadow = facts.told().shadow();
		long today = Math.floorDiv(facts.visited().facts().now().getEpochSecond(), 86_400L);
		boolean pam = facts.told().settings().is("usepam", "yes"); // without it sshd asks
																	// only those who came
																	// by a password
		if (!pam || shadow == null || !shadow.demandsNewPassword(today)) {
			return List.of();
		}
		Long changed = shadow.changed();
		String said = (changed == null || changed == 0) ? "a new one is demanded"
				: "changed on %s, to be changed after %d days".formatted(LocalDate.ofEpochDay(changed), shadow.most());
		return List.of(Trouble.problem("new-password", facts.account(), AccountName.quoted(facts.account()))
			.seen("/etc/shadow: the password of %s: %s".formatted(facts.account(), said)));
	}

}
