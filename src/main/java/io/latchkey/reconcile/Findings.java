package io.latchkey.reconcile;

import java.util.Locale;
import java.util.Objects;

import io.latchkey.inventory.AccountName;
import io.latchkey.transport.EndedSessions;
import io.latchkey.transport.LoginObstacle;
import io.latchkey.transport.NodeException;
import io.latchkey.transport.Presence;
import io.latchkey.transport.StrictModesFault;
import io.latchkey.transport.WriteResult;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what was found on a node and what to do, in the words of the bundle. */
@Component
public class Findings {

	private final MessageSource messages;

	Findings(MessageSource messages) {
		this.messages = messages;
	}

	public String of(Presence presence, String account, String file) {
		return text("presence." + presence.name().toLowerCase(Locale.ROOT).replace('_', '-'), account, file);
	}

	public String of(StrictModesFault fault, String account, String file) {
		return text("strict-modes." + fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), account, file,
				fault.path());
	}

	public String of(LoginObstacle obstacle, String account) {
		return text("login." + obstacle.kind().name().toLowerCase(Locale.ROOT), account, obstacle.shell(),
				AccountName.quoted(account));
	}

	public String of(WriteResult.Failed failed, String account, String file) {
		return text("write." + failed.code(), account, file, failed.detail());
	}

	public String of(NodeException.FileUnreadable failure, String account, String file) {
		return text("read", account, file, failure.reason());
	}

	public String of(EndedSessions ended) {
		return text(
				"sessions."
						+ Objects.requireNonNull(ended.obstacle()).name().toLowerCase(Locale.ROOT).replace('_', '-'),
				ended.query().account(), ended.left(), ended.detail());
	}

	public String of(NodeException failure) {
		return failure.getMessage() + " "
				+ this.messages.getMessage(failure.remedy(), failure.remedyArguments().toArray(), "", Locale.ENGLISH);
	}

	public String text(String code, Object... arguments) {
		return this.messages.getMessage("finding." + code, arguments, Locale.ENGLISH);
	}

}
