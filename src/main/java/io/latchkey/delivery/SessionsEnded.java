package io.latchkey.delivery;

import io.latchkey.core.AuditableEvent;
import io.latchkey.grants.GrantId;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions were ended, or it is known that they will not be.
 *
 * @param finding why some were left, or null
 */
public record SessionsEnded(GrantId grant, String node, String account, Fingerprint key, int count,
		@Nullable String finding) implements AuditableEvent {

	@Override
	public String action() {
		return "sessions.ended";
	}

	@Override
	public String subject() {
		return "grant:" + this.grant.value();
	}

	@Override
	public String detail() {
		String counted = "%d on %s as %s with %s".formatted(this.count, this.node, this.account, this.key);
		return (this.finding != null) ? counted + ". " + this.finding : counted;
	}

}
