package io.latchkey.internode;

/** How far a generation of pairs is. */
public enum GenerationPhase {

	/** Its public halves come to the nodes; the one before is used. */
	SPREADING,
	/** It is used. */
	IN_USE,
	/** Another is used; its public halves still let in those that have no other. */
	ENDING

}
