package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A key came to an identity or left it. */
public interface KeyEvent extends AuditableEvent {

	String identityName();

	Fingerprint fingerprint();

	String comment();

	@Override
	default String subject() {
		return "identity:" + identityName();
	}

	@Override
	default String detail() {
		return (fingerprint() + " " + comment()).strip();
	}

}
