package io.latchkey.diagnosis;

import java.util.Locale;
import java.util.stream.Collectors;

import io.latchkey.core.AuditableEvent;

/**
 * Something is put right on a node, or put back: before it is begun, and when it has
 * ended.
 *
 * @param what as in {@code node.mend-begun}
 */
record MendRecorded(String node, String what, Mend mend) implements AuditableEvent {

	private static final int MOST_STEPS = 5;

	@Override
	public String action() {
		return "node." + this.what;
	}

	@Override
	public String subject() {
		return "node:" + this.node;
	}

	@Override
	public String detail() {
		String steps = this.mend.steps()
			.stream()
			.limit(MOST_STEPS)
			.map(MendRecorded::told)
			.collect(Collectors.joining("; "));
		String why = (this.mend.detail() != null) ? ": " + this.mend.detail() : "";
		return "account %s, check %s%s; %s%s".formatted(this.mend.account(), this.mend.check(),
				this.mend.asRoot() ? ", as root" : "", steps, why);
	}

	private static String told(MendStep step) {
		return switch (step.kind()) {
			case CONTENT ->
				"%s: %d lines gone, %d lines come".formatted(step.path(), step.removed().size(), step.added().size());
			case OWN -> "%s: made anew for the account, the old one kept beside it".formatted(step.path());
			case ASIDE -> "%s: kept beside its path".formatted(step.path());
			default -> "%s: %s %s, before %s".formatted(step.path(), step.kind().name().toLowerCase(Locale.ROOT),
					step.after(), step.before());
		};
	}

}
