package io.latchkey.diagnosis.mends;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Permissions;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/**
 * Puts right owners and modes as StrictModes of sshd_config(5) has them. Only of the home
 * and of what is the account's below it, or of the file and its folder elsewhere: other
 * folders of root's are what they are for a reason.
 */
@Component
class AccessMender implements Mender {

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!trouble.code().startsWith("strict-modes.") && !"unreadable".equals(trouble.code())) {
			return List.of();
		}
		boolean isUnreadable = "unreadable".equals(trouble.code());
		String path = String.valueOf(trouble.arguments().get(1));
		// the account may not even see it
		Optional<ExaminedFile> found = isUnreadable ? deepest(path, facts) : facts.step(path).findFirst();
		if (found.isEmpty()) {
			return List.of();
		}
		Way way = new Way(facts, Objects.requireNonNull(facts.told().entry()));
		return switch (trouble.code()) {
			case "unreadable" -> way.readable(found.get()).stream().toList();
			case "strict-modes.other-owner" -> way.owned(found.get()).stream().toList();
			default -> way.unwritable(found.get()).stream().toList();
		};
	}

	private static Optional<ExaminedFile> deepest(String path, LoginFacts facts) {
		return facts.told()
			.steps()
			.stream()
			.filter((step) -> path.equals(step.path()) || path.startsWith(step.path() + "/"))
			.reduce((first, second) -> second);
	}

	/** From the home to the file of keys. */
	private record Way(LoginFacts facts, AccountEntry entry) {

		Optional<MendStep> unwritable(ExaminedFile step) {
			boolean isRoots = step.uid() == 0 && !isInHome(step) && isKeysOrHome(step);
			if (step.uid() == this.entry.uid() || isRoots) {
				return Optional.of(MendStep.mode(step, Permissions.of(step.mode()) & ~Permissions.WRITABLE_BY_OTHERS));
			}
			return isInHome(step) ? anew(step) : Optional.empty();
		}

		Optional<MendStep> owned(ExaminedFile step) {
			if (isInHome(step)) {
				return anew(step);
			}
			return isKeysOrHome(step) ? Optional.of(MendStep.owner(step, this.entry.uid())) : Optional.empty();
		}

		/** What keeps the account from it, the outermost first. */
		Optional<MendStep> readable(ExaminedFile file) {
			if (outermost(file).mode().startsWith("d")) {
				return anew(file);
			}
			if (file.uid() == this.entry.uid()) {
				return Optional.of(MendStep.mode(file, Permissions.of(file.mode()) | Permissions.OWNERS));
			}
			return (isInHome(file) && !isManagements()) ? Optional.of(MendStep.aside(file)) : Optional.empty();
		}

		/**
		 * Where the account may do so: in what is its own. Latchkey's own way in is not
		 * moved.
		 */
		private Optional<MendStep> anew(ExaminedFile step) {
			return isManagements() ? Optional.empty() : Optional.of(MendStep.own(outermost(step)));
		}

		/** The first below the home that is not the account's. */
		private ExaminedFile outermost(ExaminedFile otherwise) {
			return this.facts.told()
				.steps()
				.stream()
				.filter((step) -> isInHome(step) && step.uid() != this.entry.uid())
				.findFirst()
				.orElse(otherwise);
		}

		private boolean isManagements() {
			return this.facts.account().equals(this.facts.node().management().account());
		}

		private boolean isInHome(ExaminedFile step) {
			return step.path().startsWith(this.entry.home() + "/");
		}

		private boolean isKeysOrHome(ExaminedFile step) {
			String file = this.facts.file();
			return step.path().equals(this.entry.home()) || step.path().equals(file)
					|| step.path().equals(file.substring(0, Math.max(0, file.lastIndexOf('/'))));
		}

	}

}
