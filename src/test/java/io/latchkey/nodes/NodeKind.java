package io.latchkey.nodes;

import java.nio.file.Path;

/**
 * A row of the table: a system, and which of its servers lets in.
 *
 * @param system the name of its release, which is its folder's too
 */
record NodeKind(String system, Server server) {

	/** Which server. */
	enum Server {

		SSHD, DROPBEAR

	}

	/** As {@code sid} or {@code sid/dropbear}. */
	static NodeKind parse(String text) {
		String[] parts = text.split("/", 2);
		return new NodeKind(parts[0],
				(parts.length > 1) ? Server.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT)) : Server.SSHD);
	}

	Path root(Path roots) {
		return roots.resolve(this.system).toAbsolutePath();
	}

	/** Fit for a host name and for Latchkey. */
	String name() {
		return (this.server == Server.SSHD) ? this.system : this.system + "-dropbear";
	}

}
