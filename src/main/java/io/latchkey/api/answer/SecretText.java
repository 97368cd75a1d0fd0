package io.latchkey.api.answer;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A secret in an answer, a JSON string to whom it is sent and nothing to a log. An answer
 * that has one is {@link ShownOnce}.
 *
 * @param text as it is sent
 */
public record SecretText(@JsonValue String text) {

	public static SecretText of(byte[] utf8) {
		return new SecretText(new String(utf8, StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return "SecretText[…]";
	}

}
