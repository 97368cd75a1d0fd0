package io.latchkey.secrets;

/** Vaults for the tests of other modules. */
public final class Vaults {

	private Vaults() {
	}

	/** A vault with a key of its own, which is gone with it. */
	public static SecretVault fresh() {
		return new SecretVault(SymmetricKey.generate());
	}

}
