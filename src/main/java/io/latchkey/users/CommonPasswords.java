package io.latchkey.users;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that are tried first: some twenty thousand, in lower case. One of them
 * that is only lengthened by digits and signs, or said twice, is as common.
 */
final class CommonPasswords {

	private static final String LIST = "common-passwords.txt";

	/** Whatever is left of a word by then says nothing. */
	private static final int SHORTEST_WORD = 4;

	private final Set<String> known;

	private CommonPasswords(Set<String> known) {
		this.known = known;
	}

	static CommonPasswords load() {
		try (InputStream list = CommonPasswords.class.getResourceAsStream(LIST)) {
			if (list == null) {
				throw new IllegalStateException("The list of common passwords is not there");
			}
			return new CommonPasswords(new String(list.readAllBytes(), StandardCharsets.UTF_8).lines()
				.collect(Collectors.toUnmodifiableSet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The list of common passwords cannot be read", ex);
		}
	}

	boolean contains(String password) {
		String lower = password.toLowerCase(Locale.ROOT);
		String word = lower.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
		return this.known.contains(lower) || word.isEmpty() || (word.length() >= SHORTEST_WORD && isCommon(word));
	}

	private boolean isCommon(String word) {
		String half = word.substring(0, word.length() / 2);
		return this.known.contains(word) || (word.equals(half + half) && this.known.contains(half));
	}

}
