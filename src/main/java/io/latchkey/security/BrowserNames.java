package io.latchkey.security;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Says in words as which browser something gave itself out. Only these words ever come of
 * it, whatever was sent.
 */
final class BrowserNames {

	static final String UNKNOWN = "another program";

	private static final int LONGEST = 500;

	/** The first that stands in it: most claim to be others as well. */
	private static final List<Map.Entry<String, String>> BROWSERS = List.of(Map.entry("Edg/", "Edge"),
			Map.entry("EdgA/", "Edge"), Map.entry("OPR/", "Opera"), Map.entry("Firefox/", "Firefox"),
			Map.entry("FxiOS/", "Firefox"), Map.entry("CriOS/", "Chrome"), Map.entry("Chrome/", "Chrome"),
			Map.entry("Safari/", "Safari"), Map.entry("curl/", "curl"));

	private static final List<Map.Entry<String, String>> SYSTEMS = List.of(Map.entry("Android", "Android"),
			Map.entry("iPhone", "iPhone"), Map.entry("iPad", "iPad"), Map.entry("Windows", "Windows"),
			Map.entry("Mac OS X", "macOS"), Map.entry("CrOS", "ChromeOS"), Map.entry("Linux", "Linux"));

	private BrowserNames() {
	}

	/**
	 * @param userAgent as in the header {@code User-Agent} (RFC 9110, 10.1.5)
	 */
	static String of(@Nullable String userAgent) {
		String text = (userAgent != null) ? userAgent.substring(0, Math.min(userAgent.length(), LONGEST)) : "";
		String browser = first(BROWSERS, text);
		String system = first(SYSTEMS, text);
		if (browser.isEmpty()) {
			return UNKNOWN;
		}
		return system.isEmpty() ? browser : browser + " on " + system;
	}

	private static String first(List<Map.Entry<String, String>> signs, String text) {
		return signs.stream()
			.filter((sign) -> text.contains(sign.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("");
	}

}
