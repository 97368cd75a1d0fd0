package io.latchkey.reconcile.plan;

/**
 * What a file is to sshd.
 */
public enum FileRole {

	/** Where Latchkey's lines belong. */
	FIRST,
	/** It is read as well. */
	FURTHER,
	/** It is read no more. */
	LEFT,
	/**
	 * It was read, or lines were placed in it; whether it is read now is not known.
	 */
	UNTOLD

}
