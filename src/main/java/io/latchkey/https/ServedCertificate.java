package io.latchkey.https;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * A certificate, those of its issuers, and its private key.
 *
 * @param chain the certificate first
 */
record ServedCertificate(List<X509Certificate> chain, PrivateKey key) {

	private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

	/** Of TLS 1.2 those alone that keep past talk secret and are authenticated. */
	private static final String[] CIPHERS = { "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256",
			"TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
			"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
			"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
			"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256" };

	ServedCertificate {
		chain = List.copyOf(chain);
	}

	Instant endsAt() {
		return this.chain.get(0).getNotAfter().toInstant();
	}

	boolean isOverAt(Instant now) {
		return !now.isBefore(endsAt());
	}

	/** Whether the key is the certificate's: what it signs, the certificate proves. */
	boolean fits() {
		try {
			byte[] text = "latchkey".getBytes(StandardCharsets.US_ASCII);
			PublicKey known = this.chain.get(0).getPublicKey();
			Signature signing = Signature.getInstance(algorithm());
			signing.initSign(this.key);
			signing.update(text);
			Signature proving = Signature.getInstance(algorithm());
			proving.initVerify(known);
			proving.update(text);
			return proving.verify(signing.sign());
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	SslBundle bundle() {
		return SslBundle.of(new PemSslStoreBundle(PemSslStore.of(this.chain, this.key), null), SslBundleKey.NONE,
				SslOptions.of(CIPHERS, PROTOCOLS));
	}

	private String algorithm() {
		return switch (this.key.getAlgorithm()) {
			case "RSA" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			default -> this.key.getAlgorithm();
		};
	}

	@Override
	public String toString() {
		return "ServedCertificate[" + this.chain.get(0).getSubjectX500Principal() + "]";
	}

}
