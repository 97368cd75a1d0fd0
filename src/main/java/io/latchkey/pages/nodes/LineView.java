package io.latchkey.pages.nodes;

import java.util.List;

import io.latchkey.pages.Mark;
import io.latchkey.reconcile.AccountState;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's file.
 *
 * @param off whether it is not as it should be
 */
record LineView(Difference difference, Mark mark, boolean off, @Nullable String shouldBe, @Nullable String is,
		@Nullable String identity, List<String> grants, @Nullable String fingerprint) {

	/** How it stands, the worst first. */
	enum Difference {

		MISSING, CHANGED, UNWANTED, FOREIGN, SAME

	}

	static LineView of(AccountState.Entry entry) {
		Difference difference = difference(entry);
		boolean off = difference != Difference.SAME && difference != Difference.FOREIGN;
		return new LineView(difference, mark(difference), off, entry.shouldBe(), entry.is(), entry.identity(),
				entry.grants().stream().map(String::valueOf).toList(),
				(entry.fingerprint() == null) ? null : entry.fingerprint().value());
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

	private static Mark mark(Difference difference) {
		String text = "page.line." + difference.name();
		return switch (difference) {
			case MISSING -> new Mark("s-drifted", "ti-minus", text);
			case CHANGED -> new Mark("s-drifted", "ti-equal-not", text);
			case UNWANTED -> new Mark("s-failed", "ti-x", text);
			case FOREIGN -> new Mark("s-foreign", "ti-plus", text);
			case SAME -> new Mark("s-unreachable", "ti-equal", text);
		};
	}

}
