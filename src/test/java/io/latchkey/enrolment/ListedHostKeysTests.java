package io.latchkey.enrolment;

import io.latchkey.SampleKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListedHostKeysTests {

	@Test
	void confirmsNoRevokedKeyAndNoAuthority() {
		String rsa = SampleKeys.rsa(3072);
		String ed25519 = SampleKeys.ed25519();
		assertThat(ListedHostKeys.fingerprintsIn("a " + ed25519 + "\n@revoked * " + ed25519 + "\n")).isEmpty();
		assertThat(ListedHostKeys.fingerprintsIn("@cert-authority * " + rsa + "\n")).isEmpty();
		assertThat(ListedHostKeys.fingerprintsIn("a " + rsa + "\n")).hasSize(1);
	}

}
