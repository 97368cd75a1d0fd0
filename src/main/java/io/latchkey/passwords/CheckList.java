package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.core.KebabCase;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.Readiness.Check;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;

/**
 * Collects what was looked at, in the words of the bundle:
 * {@code passwords.<subject>.<status>}, with a further word where there are several.
 */
final class CheckList {

	/** More names than that help nobody. */
	private static final int MOST_DETAILS = 50;

	private final Findings findings;

	private final List<Check> checks = new ArrayList<>();

	CheckList(Findings findings) {
		this.findings = findings;
	}

	List<Check> all() {
		return List.copyOf(this.checks);
	}

	void add(Subject subject, Status status, List<String> details, Object... arguments) {
		add(subject, status, "", details, arguments);
	}

	void add(Subject subject, Status status, String variant, List<String> details, Object... arguments) {
		String code = "passwords.%s.%s%s".formatted(KebabCase.of(subject), KebabCase.of(status),
				variant.isEmpty() ? "" : "." + variant);
		List<String> shown = new ArrayList<>(details.stream().limit(MOST_DETAILS).toList());
		if (details.size() > MOST_DETAILS) {
			shown.add(this.findings.text("passwords.more", details.size() - MOST_DETAILS));
		}
		this.checks.add(new Check(subject, status, this.findings.text(code, arguments), shown));
	}

}
