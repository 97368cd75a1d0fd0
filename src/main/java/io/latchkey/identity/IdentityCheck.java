package io.latchkey.identity;

import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;

/**
 * What can be said of an identity, checked and trimmed.
 */
final class IdentityCheck {

	private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

	private IdentityCheck() {
	}

	/**
	 * @throws InvalidInputException with all the faults
	 */
	static IdentityDraft check(IdentityDraft draft) {
		IdentityDraft trimmed = new IdentityDraft(draft.name(), draft.kind(), FreeText.trim(draft.displayName()),
				FreeText.trim(draft.email()));
		Faults faults = new Faults();
		faults.name(trimmed.name());
		if (trimmed.kind() == null) {
			faults.add(Fault.of("kind", "identity.kind"));
		}
		faults.text("displayName", trimmed.displayName());
		if (trimmed.email() != null && !EMAIL.matcher(trimmed.email()).matches()) {
			faults.add(Fault.of("email", "email.malformed"));
		}
		faults.check();
		return trimmed;
	}

}
