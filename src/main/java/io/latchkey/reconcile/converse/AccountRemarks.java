package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.files.Presence;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Findings;
import io.latchkey.reconcile.plan.LinesRead;

/** What sshd reads and Latchkey cannot see, and what makes a line of no use. */
final class AccountRemarks {

	private final RunContext context;

	private final AccountFiles files;

	private final Admission admission;

	private final boolean isAnythingDesired;

	AccountRemarks(RunContext context, AccountFiles files, Admission admission, AccountAim aim) {
		this.context = context;
		this.files = files;
		this.admission = admission;
		this.isAnythingDesired = !aim.desired().isEmpty();
	}

	/**
	 * @param main the first file, as it stands at the end
	 * @param foreignBeyond how many foreign lines are not kept
	 */
	List<String> of(FileOutcome main, long foreignBeyond) {
		List<String> remarks = new ArrayList<>(of(foreignBeyond));
		int beyond = LinesRead.of(main.file(), this.context.reading().mostLines()).beyond();
		if (beyond > 0) {
			remarks
				.add(findings().text("lines-beyond", this.files.account(), this.context.reading().mostLines(), beyond));
		}
		return remarks;
	}

	/** Where the first file stands as it was remembered. */
	List<String> of(long foreignBeyond) {
		String account = this.files.account();
		List<String> remarks = new ArrayList<>();
		if (foreignBeyond > 0) {
			remarks.add(findings().text("foreign.beyond", account, foreignBeyond));
		}
		this.files.read()
			.stream()
			.skip(1)
			.filter((file) -> file.presence() == Presence.SYMLINK || file.presence() == Presence.UNREADABLE
					|| file.presence() == Presence.TOO_LARGE)
			.map((file) -> findings().text("key-files.not-looked-into", account, String.valueOf(file.path())))
			.forEach(remarks::add);
		if (this.context.node().management().privilege() == Privilege.SELF && this.isAnythingDesired) {
			remarks.add(findings().text("key-files.assumed", account));
		}
		remarks.addAll(this.admission.remarks());
		return remarks;
	}

	private Findings findings() {
		return this.context.tools().findings();
	}

}
