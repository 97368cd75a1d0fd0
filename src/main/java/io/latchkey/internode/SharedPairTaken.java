package io.latchkey.internode;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** Somebody took the private half of the pair that a cluster shares with its client. */
public record SharedPairTaken(String clusterName, Fingerprint fingerprint) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.shared-pair-taken";
	}

	@Override
	public String subject() {
		return "cluster:" + this.clusterName;
	}

	@Override
	public String detail() {
		return this.fingerprint.toString();
	}

}
