package io.latchkey.pages.activity;

import java.util.Map;

import io.latchkey.audit.AuditRecord;
import io.latchkey.pages.Links;
import org.jspecify.annotations.Nullable;

/**
 * A record of a change for a reader.
 *
 * @param kind what the subject is, such as {@code node}
 * @param name its name or number; empty for Latchkey's own key
 * @param link to its page; null where it has none
 */
record ChangeRow(AuditRecord change, String kind, String name, @Nullable String link) {

	private static final Map<String, String> PAGES = Map.of("management-key", "/settings", "token", "/settings/tokens",
			"enrolment-token", "/enrolment/tokens", "registration", "/enrolment/registrations", "key", "/foreign-keys");

	static ChangeRow of(AuditRecord change) {
		String subject = change.subject();
		int colon = subject.indexOf(':');
		String kind = (colon < 0) ? subject : subject.substring(0, colon);
		String name = (colon < 0) ? "" : subject.substring(colon + 1);
		return new ChangeRow(change, kind, name, link(kind, name));
	}

	private static @Nullable String link(String kind, String name) {
		return switch (kind) {
			case "identity" -> Links.identity(name);
			case "team" -> Links.team(name);
			case "node" -> Links.node(name);
			case "cluster" -> Links.cluster(name);
			case "grant" -> "/grants/" + name;
			default -> PAGES.get(kind);
		};
	}

}
