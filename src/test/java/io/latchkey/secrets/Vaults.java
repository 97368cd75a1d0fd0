package io.latchkey.secrets;

import java.time.Clock;
import java.util.List;

/** Vaults for the tests of other modules. */
public final class Vaults {

	private Vaults() {
	}

	/** A vault with a key of its own, which is gone with it. */
	public static SecretVault fresh() {
		return of(SymmetricKey.generate());
	}

	/** One that has these, of which the last seals. */
	static SecretVault of(SymmetricKey... keys) {
		return new SecretVault(new Keyring(new Keys(List.of(keys)), (known) -> known, Clock.systemUTC()),
				(context) -> true);
	}

}
