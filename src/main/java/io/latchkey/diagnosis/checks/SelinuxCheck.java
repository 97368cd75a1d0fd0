package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.core.ShellWord;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether SELinux keeps sshd from the file by its label. */
@Component
class SelinuxCheck implements Check {

	@Override
	public String id() {
		return "selinux";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (facts.told().selinux() == null || facts.told().relabelled().isEmpty()) {
			return List.of();
		}
		Trouble trouble = facts.told().selinux() ? Trouble.problem("selinux", facts.account(), folder(facts))
				: Trouble.warning("selinux.permissive", facts.account(), folder(facts));
		for (String line : facts.told().relabelled()) {
			trouble = trouble.seen(line);
		}
		return List.of(trouble);
	}

	private static String folder(LoginFacts facts) {
		String file = facts.file();
		return ShellWord.quoted(file.substring(0, Math.max(file.lastIndexOf('/'), 0))).replace("`", "'?'");
	}

}
