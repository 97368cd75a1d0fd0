package io.latchkey.access;

/** Of what somebody or something is a part. */
enum Membership {

	/** An identity of a team. */
	TEAM,
	/** A node of a cluster. */
	CLUSTER

}
