package io.latchkey.ssh;

import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/** What is noted of a login that went well, and for whom its connection may be kept. */
final class LoggedIn {

	private long at;

	private @Nullable PublicKey letInBy;

	private @Nullable SessionTerms terms;

	private boolean resumed;

	void begin() {
		this.at = System.nanoTime();
	}

	/** How long ago it was, in nanoseconds. */
	long age() {
		return System.nanoTime() - this.at;
	}

	/**
	 * @param key one of Latchkey's own, or null where it was another secret
	 */
	void noteLetInBy(@Nullable PublicKey key) {
		this.letInBy = key;
	}

	@Nullable PublicKey letInBy() {
		return this.letInBy;
	}

	/** For whom the connection may be kept afterwards; null for nobody. */
	void serve(@Nullable SessionTerms whom) {
		this.terms = whom;
	}

	@Nullable SessionTerms terms() {
		return this.terms;
	}

	/** It serves another conversation, for which there was no login. */
	void resume() {
		this.resumed = true;
	}

	boolean isResumed() {
		return this.resumed;
	}

}
