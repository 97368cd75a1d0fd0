package io.latchkey.security;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in comes from.
 *
 * @param address as {@link ClientAddress} has it
 * @param browser the cookie by which {@link RememberedBrowsers} may know the browser; as
 * it was sent, so anything may stand in it
 */
record SignInOrigin(String address, @Nullable String browser) implements Serializable {

	/** Of somebody who doesn't say. */
	static final SignInOrigin UNKNOWN = new SignInOrigin("", null);

	@Override
	public String toString() {
		return "SignInOrigin[" + this.address + "]";
	}

}
