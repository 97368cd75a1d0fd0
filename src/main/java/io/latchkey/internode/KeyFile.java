package io.latchkey.internode;

import org.jspecify.annotations.Nullable;

/**
 * The private half of a pair as it stands in an account's {@code ~/.ssh}; the public half
 * stands beside it.
 *
 * @param generation of the pair
 * @param name of the file, without a folder
 * @param pair as it is known; null for one that was not made yet
 */
public record KeyFile(Generation generation, String name, @Nullable Pair pair) {

	/** The name of the public half's file. */
	public String publicName() {
		return this.name + ".pub";
	}

	/** Whether it is made on the node, and known there alone. */
	public boolean isMadeOnNode() {
		return !this.generation.strategy().copiesPrivateKey();
	}

}
