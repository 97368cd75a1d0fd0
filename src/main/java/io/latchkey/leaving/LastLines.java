package io.latchkey.leaving;

import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.FileComparison;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.runs.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines that let Latchkey in off a file. No login can confirm that; it is noted
 * before, so that one that is refused afterwards proves it, also when Latchkey dies in
 * between.
 */
class LastLines implements FileComparison<LastLines.TakenOff> {

	private final Visit visit;

	private final String path;

	private final Runnable note;

	private final Findings findings;

	/**
	 * @param note says that they may be gone from now on, and returns when that is known
	 */
	LastLines(Visit visit, String path, Runnable note, Findings findings) {
		this.visit = visit;
		this.path = path;
		this.note = note;
		this.findings = findings;
	}

	/**
	 * What became of one file.
	 *
	 * @param obstacle what is in the way, or null
	 */
	record TakenOff(@Nullable String obstacle) {

		static final TakenOff ALL = new TakenOff(null);

	}

	@Override
	public Optional<TakenOff> compare(ObservedFile observed, String at) {
		if (observed.presence() != Presence.FILE) {
			return Optional.of(TakenOff.ALL);
		}
		byte[] content = this.visit.conversation().ask(new ReadFile(account(), this.path));
		AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
		if (!this.visit.own().letLatchkeyIn(file)) {
			return Optional.of(TakenOff.ALL);
		}
		this.note.run();
		return write(ContentHash.of(content), without(file).render());
	}

	private Optional<TakenOff> write(String hash, byte[] target) {
		Commit commit = Commit.of(this.visit.conversation().ask(new WriteFile(account(), this.path, hash, target)));
		if (commit instanceof Commit.Done done) {
			boolean stands = done.hash().equals(ContentHash.of(target));
			return Optional
				.of(stands ? TakenOff.ALL : new TakenOff(this.findings.text("write.read-back", account(), this.path)));
		}
		return (commit instanceof Commit.Undone undone) ? Optional.of(undone(undone)) : Optional.empty();
	}

	private AuthorizedKeysFile without(AuthorizedKeysFile file) {
		List<String> ours = this.visit.own().in(file);
		return AuthorizedKeysFile.of(file.lines().stream().filter((Line line) -> !ours.contains(line.text())).toList());
	}

	/** No line stands in what is no file. */
	@Override
	public TakenOff noFile(Presence presence) {
		return TakenOff.ALL;
	}

	@Override
	public TakenOff undone(Commit.Undone why) {
		return new TakenOff(this.findings.of(why, account(), this.path));
	}

	private String account() {
		return this.visit.node().management().account();
	}

}
