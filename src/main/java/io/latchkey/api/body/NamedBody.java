package io.latchkey.api.body;

import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The body of something that has a name. */
public interface NamedBody {

	@Nullable String name();

	/**
	 * The name of what is added.
	 * @throws InvalidInputException when it is absent or malformed
	 */
	default String checkedName() {
		Faults faults = new Faults();
		String checked = faults.name(name());
		faults.check();
		return checked;
	}

	/**
	 * @throws InvalidInputException when the path names another
	 */
	default void checkName(String path) {
		Faults faults = new Faults();
		faults.name(path, name());
		faults.check();
	}

}
