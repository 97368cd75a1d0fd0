package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether an ACL gives others rights on the way to the file, or takes them from sshd. */
@Component
class AclCheck implements Check {

	/** In the mode stands the mask in place of the group's rights (acl(5)). */
	private static final Pattern WRITING = Pattern.compile("^(?:user|group):[^:]{1,100}:.w");

	@Override
	public String id() {
		return "acl";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> entries = facts.told()
			.around(Surrounding.ACL)
			.stream()
			.filter((entry) -> WRITING.matcher(entry).find())
			.toList();
		if (entries.isEmpty()) {
			return List.of();
		}
		boolean refused = facts.visited().keyFiles().strictModes() && facts.visited()
			.files()
			.stream()
			.map((file) -> file.observed().strictModesFault())
			.anyMatch((fault) -> fault != null && fault.kind() == StrictModesFault.Kind.GROUP_WRITABLE);
		Trouble trouble = refused ? Trouble.problem("acl", facts.who(), facts.file())
				: Trouble.warning("acl.hidden", facts.who(), facts.file());
		for (String entry : entries) {
			trouble = trouble.seen(entry);
		}
		return List.of(trouble);
	}

}
