package io.latchkey.diagnosis;

import java.util.List;
import java.util.Set;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import org.jspecify.annotations.Nullable;

/**
 * How the steps of a mend are left when the run that followed has put there what was
 * granted: whatever else came there meanwhile is somebody else's, which no undoing may
 * take away. Pure.
 *
 * @param file of keys that sshd reads
 * @param mended what stood in it when the steps were done; null where there was none
 * @param now what stands in it after the run
 * @param own the lines that Latchkey puts there
 */
record MendSettling(String file, @Nullable AuthorizedKeysFile mended, @Nullable AuthorizedKeysFile now,
		Set<String> own) {

	List<MendStep> of(List<MendStep> steps) {
		AuthorizedKeysFile left = (this.now != null && others(this.now).equals(others(this.mended))) ? this.now
				: this.mended;
		String hash = (left != null) ? ContentHash.of(left.render()) : MendStep.NOTHING;
		return steps.stream().map((step) -> concerns(step) ? step.leaving(hash) : step).toList();
	}

	private boolean concerns(MendStep step) {
		return switch (step.kind()) {
			case CONTENT -> step.path().equals(this.file) && step.becomes() != null;
			case OWN, ASIDE -> step.path().equals(this.file) || this.file.startsWith(step.path() + "/");
			default -> false;
		};
	}

	private List<Line> others(@Nullable AuthorizedKeysFile content) {
		return (content == null) ? List.of()
				: content.lines().stream().filter((line) -> !this.own.contains(line.text())).toList();
	}

}
