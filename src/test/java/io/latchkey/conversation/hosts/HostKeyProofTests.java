package io.latchkey.conversation.hosts;

import java.util.Base64;

import io.latchkey.RequiresProgram;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.sshd.HostKeySignature;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code ssh-keygen} signs is a proof, and nothing else is. */
@RequiresProgram("ssh-keygen")
class HostKeyProofTests {

	private static final String TOKEN = "00112233445566778899aabbccddeeff";

	@ParameterizedTest
	@CsvSource({ "ed25519, 256", "rsa, 3072", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521" })
	void aSignatureOfTheTokenIsAProof(String type, String bits) throws Exception {
		SshKeyPair key = SshKeys.generate(type, "-b", bits);
		String proof = sign(key, HostKeyProof.VOUCHING);
		assertThat(HostKeyProof.holds(publicKey(key), proof, HostKeyProof.VOUCHING, TOKEN)).isTrue();
		assertThat(HostKeyProof.holds(publicKey(key), proof, HostKeyProof.VOUCHING, TOKEN.replace('0', '1')))
			.as("another token")
			.isFalse();
		assertThat(
				HostKeyProof.holds(publicKey(SshKeys.generate(type, "-b", bits)), proof, HostKeyProof.VOUCHING, TOKEN))
			.as("another key")
			.isFalse();
		assertThat(HostKeyProof.holds(publicKey(key), sign(key, "file"), HostKeyProof.VOUCHING, TOKEN))
			.as("another namespace")
			.isFalse();
	}

	@Test
	void whateverIsCutOrAlteredIsNone() throws Exception {
		SshKeyPair key = SshKeys.generate();
		byte[] proof = Base64.getDecoder().decode(sign(key, HostKeyProof.VOUCHING));
		for (int i = 0; i < proof.length; i++) {
			byte[] altered = proof.clone();
			altered[i] ^= 0x55;
			assertThat(HostKeyProof.holds(publicKey(key), base64(altered), HostKeyProof.VOUCHING, TOKEN))
				.as("byte " + i)
				.isFalse();
			assertThat(HostKeyProof.holds(publicKey(key), base64(java.util.Arrays.copyOf(proof, i)),
					HostKeyProof.VOUCHING, TOKEN))
				.as("cut at " + i)
				.isFalse();
		}
		assertThat(HostKeyProof.holds(publicKey(key), "-", HostKeyProof.VOUCHING, TOKEN)).isFalse();
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static PublicKey publicKey(SshKeyPair key) throws InvalidKeyException {
		String[] words = key.publicKey().split(" ");
		return PublicKey.parse(words[0] + " " + words[1]);
	}

	/** As the script has it said. */
	private static String sign(SshKeyPair key, String namespace) {
		return HostKeySignature.of(key, namespace, TOKEN);
	}

}
