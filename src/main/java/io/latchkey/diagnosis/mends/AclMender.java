package io.latchkey.diagnosis.mends;

import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.AccessList;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/**
 * Takes the right to write from all but the owner in the ACL of what is the account's
 * own. Who may read by it goes on to.
 */
@Component
class AclMender implements Mender {

	/** What is kept so that it can be undone is no longer. */
	private static final int LONGEST = 300;

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!trouble.code().startsWith("acl")) {
			return List.of();
		}
		String path = String.valueOf(trouble.arguments().get(1));
		return facts.told()
			.around(Surrounding.ACL)
			.stream()
			.flatMap((line) -> AccessList.find(line).stream())
			.filter((acl) -> acl.path().equals(path) && isOwn(path, facts) && acl.render().length() <= LONGEST)
			.limit(1)
			.map((acl) -> MendStep.acl(acl, acl.withoutWriting()))
			.toList();
	}

	private static boolean isOwn(String path, LoginFacts facts) {
		return facts.step(path)
			.anyMatch((step) -> facts.told().entry() != null && step.uid() == facts.told().entry().uid());
	}

}
