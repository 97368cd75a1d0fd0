package io.latchkey.identity;

import java.util.List;

import io.latchkey.core.AuditableEvent;

/**
 * What is said of a team was changed; who came and went is told apart.
 *
 * @param fields the names of the fields that are different now
 */
public record TeamChanged(TeamId id, String name, List<String> fields) implements AuditableEvent {

	@Override
	public String action() {
		return "team.changed";
	}

	@Override
	public String subject() {
		return "team:" + this.name;
	}

	@Override
	public String detail() {
		return String.join(", ", this.fields);
	}

}
