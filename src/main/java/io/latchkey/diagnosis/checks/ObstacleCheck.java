package io.latchkey.diagnosis.checks;

import java.time.LocalDate;
import java.util.List;

import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.ShadowEntry;
import io.latchkey.core.KebabCase;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.inventory.AccountName;

import org.springframework.stereotype.Component;

/** Whether the account itself keeps everybody out. */
@Component
class ObstacleCheck implements Check {

	@Override
	public String id() {
		return "account-state";
	}

	@Override
	public Stage stage() {
		return Stage.ACCOUNT;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		LoginObstacle obstacle = facts.visited().keyFiles().obstacles().get(facts.account());
		if (obstacle == null) {
			return List.of();
		}
		String code = "account." + KebabCase.of(obstacle.kind());
		String word = AccountName.quoted(facts.account());
		Trouble trouble = obstacle.refusesKeys() ? Trouble.problem(code, facts.account(), obstacle.shell(), word)
				: Trouble.likely(code, facts.account(), obstacle.shell(), word);
		return List.of(trouble.seen(evidence(obstacle, facts)).seenAll(facts.setting("usepam")));
	}

	private static String evidence(LoginObstacle obstacle, LoginFacts facts) {
		ShadowEntry shadow = facts.told().shadow();
		return switch (obstacle.kind()) {
			case LOCKED -> "/etc/shadow: the password of %s begins with !".formatted(facts.account());
			case EXPIRED -> "/etc/shadow: the last day of %s is %s".formatted(facts.account(),
					(shadow != null && shadow.last() != null) ? LocalDate.ofEpochDay(shadow.last()) : "over");
			case SHELL, NO_SHELL -> "/etc/passwd: the shell of %s is %s".formatted(facts.account(), obstacle.shell());
		};
	}

}
