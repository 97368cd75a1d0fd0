package io.latchkey.identity;

/** Whether an identity's keys may stand on nodes. */
public enum IdentityStatus {

	ACTIVE, SUSPENDED

}
