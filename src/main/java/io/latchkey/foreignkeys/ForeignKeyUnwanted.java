package io.latchkey.foreignkeys;

import java.util.List;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A foreign key is to go from these accounts. */
public record ForeignKeyUnwanted(Fingerprint fingerprint, List<String> places) implements AuditableEvent {

	@Override
	public String action() {
		return "key.unwanted";
	}

	@Override
	public String subject() {
		return "key:" + this.fingerprint.value();
	}

	@Override
	public String detail() {
		return "from " + String.join(", ", this.places);
	}

}
