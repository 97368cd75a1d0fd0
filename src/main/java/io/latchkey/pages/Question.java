package io.latchkey.pages;

import java.util.List;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A question before something that takes access away or cannot be undone.
 *
 * @param title what is asked
 * @param consequences what will happen, in numbers
 * @param button the word on the button that does it
 * @param typed the name to type, or null when a click is enough
 * @param back the address to go back to
 * @param room the room that the page belongs to
 */
public record Question(String title, List<String> consequences, String button, @Nullable String typed, String back,
		String room) {

	/** The page that asks. */
	public static final String VIEW = "confirm";

	/** The field for the name to type. */
	private static final String FIELD = "confirm";

	/** From this many nodes on, the name has to be typed. */
	private static final int MANY = 10;

	/** The name, when so many nodes are hit that it has to be typed. */
	public static @Nullable String typedFor(String name, int nodes) {
		return (nodes >= MANY) ? name : null;
	}

	/**
	 * @throws InvalidInputException when the name has to be typed and was not
	 */
	public void check(Input input) {
		if (this.typed != null && !this.typed.equals(input.word(FIELD))) {
			throw new InvalidInputException(Fault.of(FIELD, "confirm.name", this.typed));
		}
	}

}
