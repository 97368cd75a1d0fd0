package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the home is on another machine, where root and sshd may have no rights. */
@Component
class NetworkHomeCheck implements Check {

	private static final Pattern NETWORK = Pattern
		.compile("^(?:nfs4?|cifs|smb3|afs|autofs|fuse\\.sshfs|glusterfs|ceph) ");

	@Override
	public String id() {
		return "network-home";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> mounts = facts.told()
			.around(Surrounding.MOUNT)
			.stream()
			.filter((mount) -> NETWORK.matcher(mount).find())
			.toList();
		if (mounts.isEmpty()) {
			return List.of();
		}
		String mount = mounts.get(0);
		boolean isUnread = facts.visited()
			.files()
			.stream()
			.anyMatch((file) -> file.failure() != null || file.observed().presence() == Presence.UNREADABLE);
		String code = mount.contains("sec=krb5") ? "network-home.tickets" : "network-home";
		return List.of((isUnread ? Trouble.problem(code, facts.account(), facts.file())
				: Trouble.warning(code, facts.account(), facts.file()))
			.seen(mount));
	}

}
