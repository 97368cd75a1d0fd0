package io.latchkey.keypairs;

import io.latchkey.openssh.PuttyKeyFile;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id as PuTTY uses it: 8 MiB, and as many passes as take about a tenth of a second.
 */
final class Argon2id implements PuttyKeyFile.KeyDerivation {

	@Override
	public int memoryInKib() {
		return 8192;
	}

	@Override
	public int passes() {
		return 21;
	}

	@Override
	public int parallelism() {
		return 1;
	}

	@Override
	public byte[] derive(byte[] passphrase, byte[] salt, int length) {
		Argon2BytesGenerator generator = new Argon2BytesGenerator();
		generator.init(
				new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
					.withMemoryAsKB(memoryInKib())
					.withIterations(passes())
					.withParallelism(parallelism())
					.withSalt(salt)
					.build());
		byte[] derived = new byte[length];
		generator.generateBytes(passphrase, derived);
		return derived;
	}

}
