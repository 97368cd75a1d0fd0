package io.latchkey.internode;

import io.latchkey.openssh.PublicKey;

/**
 * A line that lets a node of a cluster in to another.
 *
 * @param holder whose key it is: {@code cluster:<name>} or {@code node:<name>}
 */
public record MeshLine(String account, PublicKey key, String holder, String comment) {

	public String text() {
		return this.key.render() + " " + this.comment;
	}

}
