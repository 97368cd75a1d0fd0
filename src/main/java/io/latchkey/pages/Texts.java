package io.latchkey.pages;

import java.util.Locale;

import io.latchkey.core.Fault;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The texts of {@code messages.properties}, filled in.
 */
@Component
public class Texts {

	private final MessageSource messages;

	Texts(MessageSource messages) {
		this.messages = messages;
	}

	/** The text of a key that has no prefix to add. */
	public String of(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ENGLISH);
	}

	/** The same, or something else where there is no such text. */
	public String or(String key, String otherwise, Object... arguments) {
		return String.valueOf(this.messages.getMessage(key, arguments, otherwise, Locale.ENGLISH));
	}

	/** What was expected instead. */
	public String of(Fault fault) {
		return of("fault." + fault.code(), fault.arguments().toArray());
	}

}
