package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.diagnosis.AccessList;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether an ACL gives others rights on the way to the file. */
@Component
class AclCheck implements Check {

	/** The mask stands in the mode in place of the group's rights (acl(5)). */
	private static final Pattern WRITING = Pattern.compile("^(?:user|group):[^:]{1,100}:.w.*");

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
		return facts.told()
			.around(Surrounding.ACL)
			.stream()
			.flatMap((line) -> AccessList.find(line).stream())
			.filter((acl) -> acl.mask().contains("w"))
			.filter((acl) -> acl.entries().stream().anyMatch((entry) -> WRITING.matcher(entry).matches()))
			.map((acl) -> trouble(acl, facts))
			.toList();
	}

	private static Trouble trouble(AccessList acl, LoginFacts facts) {
		boolean refused = facts.visited().keyFiles().strictModes() && facts.visited()
			.files()
			.stream()
			.map((file) -> file.observed().strictModesFault())
			.anyMatch((fault) -> fault != null && fault.kind() == StrictModesFault.Kind.GROUP_WRITABLE
					&& fault.path().equals(acl.path()));
		Trouble trouble = refused ? Trouble.problem("acl", facts.who(), acl.path())
				: Trouble.warning("acl.hidden", facts.who(), acl.path());
		return trouble.seen("getfacl %s: %s".formatted(acl.path(), String.join(" ", acl.entries())));
	}

}
