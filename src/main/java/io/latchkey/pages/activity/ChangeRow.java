package io.latchkey.pages.activity;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.audit.AuditRecord;
import io.latchkey.pages.Links;
import org.jspecify.annotations.Nullable;

/**
 * A record of a change for a reader.
 *
 * @param kind what the subject is, such as {@code node}
 * @param name its name or number; empty for Latchkey's own key
 * @param link to its page; null where it has none
 * @param detail what else is recorded, its names and instants apart
 */
record ChangeRow(AuditRecord change, String kind, String name, @Nullable String link, List<Part> detail) {

	private static final Pattern MARKED = Pattern
		.compile("\\b(identity|team|node|cluster):([a-z0-9][a-z0-9._-]{0,62})|\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,20}Z");

	private static final Map<String, String> PAGES = Map.of("management-key", "/settings", "token", "/settings/tokens",
			"enrolment-token", "/enrolment/tokens", "registration", "/enrolment/registrations", "key", "/foreign-keys");

	static ChangeRow of(AuditRecord change) {
		String subject = change.subject();
		int colon = subject.indexOf(':');
		String kind = (colon < 0) ? subject : subject.substring(0, colon);
		String name = (colon < 0) ? "" : subject.substring(colon + 1);
		return new ChangeRow(change, kind, name, link(kind, name), parts(change.detail()));
	}

	/**
	 * A part of the detail.
	 *
	 * @param link to the page of what it names, or null
	 * @param at the instant that it names, or null
	 */
	record Part(String text, @Nullable String link, @Nullable Instant at) {

	}

	private static List<Part> parts(String detail) {
		List<Part> parts = new ArrayList<>();
		Matcher marked = MARKED.matcher(detail);
		int end = 0;
		while (marked.find()) {
			parts.add(new Part(detail.substring(end, marked.start()), null, null));
			parts.add(part(marked));
			end = marked.end();
		}
		parts.add(new Part(detail.substring(end), null, null));
		return parts;
	}

	private static Part part(MatchResult marked) {
		String kind = marked.group(1);
		if (kind != null) {
			return new Part(marked.group(2), link(kind, marked.group(2)), null);
		}
		try {
			return new Part(marked.group(), null, Instant.parse(marked.group()));
		}
		catch (DateTimeParseException ex) {
			return new Part(marked.group(), null, null);
		}
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
