package io.latchkey.pages;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The addresses of the pages of single things.
 */
public final class Links {

	private Links() {
	}

	public static String identity(String name) {
		return to("identities", name);
	}

	public static String team(String name) {
		return to("teams", name);
	}

	public static String node(String name) {
		return to("nodes", name);
	}

	public static String cluster(String name) {
		return to("clusters", name);
	}

	public static String grant(long id) {
		return to("grants", Long.toString(id));
	}

	private static String to(String... segments) {
		return UriComponentsBuilder.fromPath("/").pathSegment(segments).encode().toUriString();
	}

}
