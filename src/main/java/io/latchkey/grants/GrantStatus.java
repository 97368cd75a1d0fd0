package io.latchkey.grants;

/** Where a grant is in its life. */
public enum GrantStatus {

	SCHEDULED, ACTIVE, EXPIRED, REVOKED

}
