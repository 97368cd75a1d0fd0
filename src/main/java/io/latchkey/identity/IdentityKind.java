package io.latchkey.identity;

/** What an identity is. */
public enum IdentityKind {

	PERSON, SERVICE, CLUSTER, NODE

}
