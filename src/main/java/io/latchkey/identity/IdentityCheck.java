package io.latchkey.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.Names;

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
		List<Fault> faults = new ArrayList<>();
		Names.fault("name", trimmed.name()).ifPresent(faults::add);
		if (trimmed.kind() == null) {
			faults.add(Fault.of("kind", "identity.kind"));
		}
		FreeText.fault("displayName", trimmed.displayName()).ifPresent(faults::add);
		if (trimmed.email() != null && !EMAIL.matcher(trimmed.email()).matches()) {
			faults.add(Fault.of("email", "email.malformed"));
		}
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
		return trimmed;
	}

}
