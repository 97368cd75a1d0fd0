package io.latchkey.pages;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shortens lines of {@code authorized_keys} for reading: of a key its type and the end of
 * its base64 stay, as in {@code ssh-ed25519 …x9Qk}.
 */
@Component("lines")
public class BriefLines {

	private static final Pattern KEY = Pattern.compile(" (AAAA[A-Za-z0-9+/]{16,}?)([A-Za-z0-9+/]{4})(={0,2})(?= |$)");

	/** The page of whose key it is. */
	public String holder(String holder) {
		return Links.holder(holder);
	}

	public @Nullable String brief(@Nullable String line) {
		return (line == null) ? null : KEY.matcher(line).replaceAll("\u00a0…\u2060$2");
	}

}
