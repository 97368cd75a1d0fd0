package io.latchkey.identity;

import java.util.List;

import io.latchkey.core.AuditableEvent;

/**
 * What is said of an identity was changed.
 *
 * @param fields the names of the fields that are different now
 */
public record IdentityChanged(IdentityId id, String name, List<String> fields) implements AuditableEvent {

	@Override
	public String action() {
		return "identity.changed";
	}

	@Override
	public String subject() {
		return "identity:" + this.name;
	}

	@Override
	public String detail() {
		return String.join(", ", this.fields);
	}

}
