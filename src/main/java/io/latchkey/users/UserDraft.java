package io.latchkey.users;

import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.Names;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a user.
 *
 * @param identity the name of the identity that the user is tied to, or null
 */
public record UserDraft(String username, Role role, @Nullable String identity, @Nullable String displayName,
		@Nullable String email) {

	private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

	/** The texts without blanks around them. */
	UserDraft trimmed() {
		return new UserDraft(this.username, this.role, FreeText.trim(this.identity), FreeText.trim(this.displayName),
				FreeText.trim(this.email));
	}

	/**
	 * @throws InvalidInputException with all the faults
	 */
	void check() {
		Faults faults = new Faults();
		Names.fault("username", this.username).ifPresent(faults::add);
		faults.text("displayName", this.displayName);
		if (this.email != null && !EMAIL.matcher(this.email).matches()) {
			faults.add(Fault.of("email", "email.malformed"));
		}
		faults.check();
	}

}
