package io.latchkey.pages.nodes;

import java.util.List;

import io.latchkey.nodestate.AccountState;
import io.latchkey.pages.Links;
import io.latchkey.pages.Mark;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's file.
 *
 * @param restored whether it is foreign, was removed and is kept again
 * @param file where it stands when that is not the account's first file
 */
record LineView(Difference difference, boolean restored, @Nullable String shouldBe, @Nullable String is,
		@Nullable String identity, List<String> grants, @Nullable String fingerprint, @Nullable String file) {

	/** How it stands, the worst first. */
	enum Difference {

		MISSING, CHANGED, UNWANTED, FOREIGN, SAME

	}

	/** The page of whose key it is, or null. */
	public @Nullable String holder() {
		return (this.identity != null) ? Links.holder(this.identity) : null;
	}

	/** Whether it is not as it should be. */
	public boolean isOff() {
		return this.difference != Difference.SAME && this.difference != Difference.FOREIGN;
	}

	public Mark mark() {
		String text = "page.line." + this.difference.name();
		return switch (this.difference) {
			case MISSING -> new Mark("s-drifted", "ti-minus", text);
			case CHANGED -> new Mark("s-drifted", "ti-equal-not", text);
			case UNWANTED -> new Mark("s-failed", "ti-x", text);
			case FOREIGN -> new Mark("s-foreign", "ti-plus", text);
			case SAME -> new Mark("s-unreachable", "ti-equal", text);
		};
	}

	static LineView of(AccountState.Entry entry) {
		Difference difference = difference(entry);
		return new LineView(difference, isRestored(entry), entry.shouldBe(), entry.is(), entry.identity(),
				entry.grants().stream().map(String::valueOf).toList(),
				(entry.fingerprint() == null) ? null : entry.fingerprint().value(), entry.file());
	}

	/** It stands for no grant, and is to stand all the same. */
	private static boolean isRestored(AccountState.Entry entry) {
		return entry.origin() == AccountState.Origin.FOREIGN && entry.status() != AccountState.Status.EXTRA
				&& entry.grants().isEmpty();
	}

	private static Difference difference(AccountState.Entry entry) {
		if (entry.status() == AccountState.Status.IN_PLACE) {
			return Difference.SAME;
		}
		if (entry.status() == AccountState.Status.MISSING) {
			return (entry.is() == null) ? Difference.MISSING : Difference.CHANGED;
		}
		return (entry.origin() == AccountState.Origin.FOREIGN) ? Difference.FOREIGN : Difference.UNWANTED;
	}

}
