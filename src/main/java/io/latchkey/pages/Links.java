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

	/**
	 * Of whose key a line bears: an identity, or {@code cluster:} or {@code node:} and a
	 * name.
	 */
	public static String holder(String holder) {
		String name = holder.substring(holder.indexOf(':') + 1);
		if (holder.startsWith("cluster:")) {
			return cluster(name);
		}
		return holder.startsWith("node:") ? node(name) : identity(holder);
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

	/** Where a grant and every way in beside it are closed. */
	public static String everyWay(long id) {
		return to("grants", Long.toString(id), "close-every-way");
	}

	/** Braces are encoded as well: a redirect would take them for a variable. */
	private static String to(String... segments) {
		return UriComponentsBuilder.fromPath("/").pathSegment(segments).build().encode().toUriString();
	}

}
