package io.latchkey.api.users;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.users.Role;
import io.latchkey.users.User;
import io.latchkey.users.UserDraft;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a user.
 *
 * @param identity the name of the identity that the user is tied to
 */
record UserRequest(@Nullable String username, @Nullable Role role, @Nullable String identity,
		@Nullable String displayName, @Nullable String email) {

	static UserRequest of(User user) {
		return new UserRequest(user.username(), user.role(), user.identity(), user.displayName(), user.email());
	}

	/**
	 * @throws io.latchkey.core.InvalidInputException when the path names another
	 */
	UserRequest named(String path) {
		Faults faults = new Faults();
		if (!path.equals(this.username)) {
			faults.add(Fault.of("username", "name.other", path));
		}
		faults.check();
		return this;
	}

	UserDraft toDraft() {
		Faults faults = new Faults();
		String name = faults.required("username", this.username, "");
		Role given = faults.required("role", this.role, Role.MEMBER);
		faults.check();
		return new UserDraft(name, given, this.identity, this.displayName, this.email);
	}

}
