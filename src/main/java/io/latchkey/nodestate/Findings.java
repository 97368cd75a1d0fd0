package io.latchkey.nodestate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.core.KebabCase;
import io.latchkey.core.ShellWord;
import io.latchkey.inventory.AccountName;
import io.latchkey.openssh.LoginRule;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.ssh.NodeException;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what was found on a node and what to do, in the words of the bundle. */
@Component
public class Findings {

	private final MessageSource messages;

	public Findings(MessageSource messages) {
		this.messages = messages;
	}

	public String of(Presence presence, String account, String file) {
		return text("presence." + KebabCase.of(presence), account, file);
	}

	public String of(StrictModesFault fault, String account, String file) {
		return text("strict-modes." + KebabCase.of(fault.kind()), account, file, fault.path(),
				ShellWord.quoted(ownerOf(fault.path(), account, file)), inCommand(fault.path()));
	}

	public String of(LoginObstacle obstacle, String account) {
		return text("login." + KebabCase.of(obstacle.kind()), account, obstacle.shell(), AccountName.quoted(account));
	}

	/** Of accounts that are not looked at. */
	public String of(UnseenAccounts unseen, String managementAccount) {
		return text("unseen." + KebabCase.of(unseen.reason()), managementAccount, unseen.count());
	}

	/** Why it is not known which files sshd reads. */
	public String of(Unanswered unanswered, String account) {
		return text("unanswered." + KebabCase.of(unanswered.reason()), account, unanswered.detail());
	}

	/**
	 * What a rule of sshd's says of a login.
	 * @param rules by which it was judged
	 */
	public String of(LoginVerdict verdict, String account, LoginRules rules) {
		LoginRules.Asked asked = rules.asked();
		String text = text((verdict.isRefusal() ? "refused." : "depends.") + verdict.rule().code(), account,
				verdict.detail(), (asked != null) ? asked.from() : "", (asked != null) ? asked.to() : "",
				(asked != null) ? String.valueOf(asked.port()) : "");
		boolean assumed = verdict.rule() == LoginRule.CONNECTION && asked != null && asked.assumed();
		return assumed ? text + " " + text("depends.assumed") : text;
	}

	public String of(WriteResult.Failed failed, String account, String file) {
		return text("write." + failed.code(), account, file, failed.detail());
	}

	/** Why a file is not what it should be. */
	public String of(Commit.Undone undone, String account, String file) {
		if (undone instanceof Commit.NoFile none) {
			return of(none.presence(), account, file);
		}
		if (undone instanceof Commit.Unreadable unreadable) {
			return of(unreadable.failure(), account, file);
		}
		if (undone instanceof Commit.NotWritten not) {
			return of(not.failure(), account, file);
		}
		return (undone instanceof Commit.TakenBack back) ? text("trial.taken-back", file, of(back.why(), account, file))
				: text("write.keeps-changing", account, file);
	}

	/** Why what was on trial is taken back. */
	public String of(Commit.TakenBack.Why why, String account, String file) {
		if (why instanceof Commit.TakenBack.NotConfirmed not) {
			return of(not.failure(), account, file);
		}
		return (why instanceof Commit.TakenBack.NotLetIn not) ? of(not.failure())
				: text("write.read-back", account, file);
	}

	public String of(NodeException.FileUnreadable failure, String account, String file) {
		return text("read", account, file, failure.reason());
	}

	public String of(EndedSessions ended) {
		return text("sessions." + KebabCase.of(Objects.requireNonNull(ended.obstacle())), ended.query().account(),
				ended.left(), ended.detail());
	}

	public String of(NodeException failure) {
		return withoutBackticks(String.valueOf(failure.getMessage())) + " "
				+ this.messages.getMessage(failure.remedy(), failure.remedyArguments().toArray(), "", Locale.ENGLISH);
	}

	public String text(String code, Object... arguments) {
		return this.messages.getMessage("finding." + code,
				Arrays.stream(arguments).map(Findings::withoutBackticks).toArray(), Locale.ENGLISH);
	}

	/** Below the home of a file in {@code ~/.ssh} the account, everywhere else root. */
	private static String ownerOf(String path, String account, String file) {
		int folder = file.lastIndexOf("/.ssh/");
		return (folder > 0 && path.startsWith(file.substring(0, folder))) ? account : "root";
	}

	/** A backtick is left to the shell as a pattern that it fits. */
	private static String inCommand(String path) {
		return ShellWord.quoted(path).replace("`", "'?'");
	}

	/** Between backticks stand commands of ours, never what a node says. */
	private static Object withoutBackticks(Object argument) {
		return (argument instanceof String text) ? text.replace('`', '’') : argument;
	}

}
