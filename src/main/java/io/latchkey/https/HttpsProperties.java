package io.latchkey.https;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * With what HTTPS is served; without a certificate it isn't.
 *
 * @param certificate a file in PEM, the certificate first and then those of its issuers
 * @param privateKey the file of its private key in PEM, without a passphrase
 * @param lookEvery how often the files are looked at
 */
@ConfigurationProperties("latchkey.https")
record HttpsProperties(@Nullable Path certificate, @Nullable Path privateKey, @DefaultValue("10s") Duration lookEvery) {

	/**
	 * The files, if set.
	 * @throws StartRefusedException when one of them is missing
	 */
	Optional<CertificateFiles> files() {
		if (this.certificate != null && this.privateKey != null) {
			return Optional.of(new CertificateFiles(this.certificate, this.privateKey));
		}
		if (this.certificate != null || this.privateKey != null) {
			throw new StartRefusedException(
					"Of latchkey.https.certificate (LATCHKEY_HTTPS_CERTIFICATE) and "
							+ "latchkey.https.private-key (LATCHKEY_HTTPS_PRIVATE_KEY) only one is set.",
					"Set both, or none where HTTPS ends at a proxy.");
		}
		return Optional.empty();
	}

}
