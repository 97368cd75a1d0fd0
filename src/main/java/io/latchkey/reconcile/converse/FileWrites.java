package io.latchkey.reconcile.converse;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CommitConfirm;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.nodestate.RememberedFiles;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.reconcile.ReconcileProperties;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.runs.OwnLines;
import org.jspecify.annotations.Nullable;

/** Writes one file of an account, on trial where that could shut Latchkey out. */
final class FileWrites {

	private final RunContext context;

	private final String account;

	private final String path;

	private final FileRole role;

	private final RememberedFiles remembered;

	FileWrites(RunContext context, String account, String path, FileRole role) {
		this.context = context;
		this.account = account;
		this.path = path;
		this.role = role;
		this.remembered = context.input().files(account);
	}

	/**
	 * @param observed what is to be replaced
	 * @param before its lines
	 * @param hash of it; null when nothing stands there
	 */
	Commit write(ObservedFile observed, AuthorizedKeysFile before, @Nullable String hash, AuthorizedKeysFile after) {
		byte[] target = after.render();
		this.context.tools().contents().keep(target);
		WriteFile change = new WriteFile(this.account, this.path, hash, target);
		if (mustBeProved(observed, before, hash, after)) {
			CommitConfirm commitConfirm = this.context.tools().commitConfirm();
			this.context.tools().intentions().noteHeld(this.context.node().id(), this.account, commitConfirm.doubt());
			return this.context.stopwatch()
				.during(Stopwatch.Part.CONFIRM,
						() -> commitConfirm.commit(this.context.conversation(), change,
								this.context.entrance().endpoint(),
								this.context.move().proving(this.context.entrance().login(), after)));
		}
		return Commit.of(this.context.conversation().ask(change));
	}

	/**
	 * Whether the change could shut Latchkey out: its first in this file, or one that
	 * touches a line which lets it in, or gives the file another owner, mode or label.
	 * Everything else keeps those lines byte for byte, and the node reads them back.
	 */
	private boolean mustBeProved(ObservedFile observed, AuthorizedKeysFile before, @Nullable String hash,
			AuthorizedKeysFile after) {
		OwnLines own = this.context.input().own();
		if (this.role == FileRole.LEFT || !this.account.equals(this.context.node().management().account())) {
			return false;
		}
		if (!own.in(before).equals(own.in(after))) {
			return true;
		}
		if (this.role == FileRole.FURTHER || this.role == FileRole.UNTOLD) {
			return own.letLatchkeyIn(before);
		}
		return hash == null || isInDoubt() || observed.altersWhenWritten()
				|| !this.path.equals(this.remembered.confirmedFile())
				|| this.context.tools().properties().confirm() == ReconcileProperties.Confirm.ALWAYS;
	}

	/** What is on trial has to be proved again, even when it is as it should be. */
	boolean isInDoubt() {
		return this.role == FileRole.FIRST && this.remembered.isInDoubtAt(this.context.now());
	}

}
