package io.latchkey.https;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.pem.PemContent;

/**
 * The two files that HTTPS is served with. They may be links, as certbot makes them: what
 * they lead to counts.
 *
 * @param certificate in PEM, with the issuers' after it
 * @param privateKey in PEM, for its owner alone, or also for its group where it is root's
 */
record CertificateFiles(Path certificate, Path privateKey) {

	private static final int LONGEST = 1 << 20;

	private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

	private static final Set<PosixFilePermission> OF_OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE);

	private static final Set<PosixFilePermission> OF_ROOT = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_READ);

	/** What they hold now. */
	Contents read() throws CertificateRefusedException {
		refuseOpenMode();
		return new Contents(text(this.certificate), text(this.privateKey));
	}

	private String text(Path file) throws CertificateRefusedException {
		try (InputStream input = Files.newInputStream(file)) {
			return new String(input.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw unreadable(file, ex);
		}
	}

	private void refuseOpenMode() throws CertificateRefusedException {
		PosixFileAttributeView view = Files.getFileAttributeView(this.privateKey, PosixFileAttributeView.class);
		if (view == null) {
			return;
		}
		try {
			PosixFileAttributes attributes = view.readAttributes();
			boolean ofRoot = attributes.owner().getName().equals("root");
			if (!(ofRoot ? OF_ROOT : OF_OWNER).containsAll(attributes.permissions())) {
				throw new CertificateRefusedException(
						"Others than its owner may use the private key of HTTPS, '%s': its mode is %s."
							.formatted(this.privateKey, PosixFilePermissions.toString(attributes.permissions())),
						"chmod 600 '%s'; a file of root's may also be read by the group of the user that runs Latchkey (640)."
							.formatted(this.privateKey));
			}
		}
		catch (IOException ex) {
			throw unreadable(this.privateKey, ex);
		}
	}

	private static CertificateRefusedException unreadable(Path file, IOException failure) {
		String why = (failure instanceof NoSuchFileException) ? "it is not there" : failure.getClass().getSimpleName();
		return new CertificateRefusedException("The file '%s' cannot be read: %s.".formatted(file, why),
				"Let the user that runs Latchkey read it, the folders on the way to it too.");
	}

	/**
	 * The texts of both files.
	 */
	record Contents(String certificate, String privateKey) {

		ServedCertificate parse() throws CertificateRefusedException {
			ServedCertificate served = new ServedCertificate(chain(), key());
			if (!served.fits()) {
				throw new CertificateRefusedException("The private key of HTTPS is not that of its certificate.",
						"Put the two files there that were made together; the certificate comes first in its file.");
			}
			return served;
		}

		/** A block that is cut off is one that begins and isn't read. */
		private List<X509Certificate> chain() throws CertificateRefusedException {
			int begun = this.certificate.split(BEGIN, -1).length - 1;
			List<X509Certificate> chain = read(this.certificate, PemContent::getCertificates);
			if (chain == null || chain.isEmpty() || chain.size() != begun) {
				throw new CertificateRefusedException("The certificate of HTTPS is not whole, or not in PEM.",
						"Its file holds the certificate, and then those of its issuers, each between '" + BEGIN
								+ "' and '-----END CERTIFICATE-----'.");
			}
			return chain;
		}

		private PrivateKey key() throws CertificateRefusedException {
			PrivateKey key = read(this.privateKey, PemContent::getPrivateKey);
			if (key == null) {
				throw new CertificateRefusedException(
						"The private key of HTTPS is not whole, not in PEM, or has a passphrase.",
						"Put it there in PEM and without a passphrase; openssl pkey takes one off.");
			}
			return key;
		}

		private static <T> @Nullable T read(String text, Reading<T> reading) {
			try {
				return reading.of(Objects.requireNonNull(PemContent.of(text)));
			}
			catch (RuntimeException ex) {
				// Each parser has its own exceptions, and some quote what they were
				// given.
				return null;
			}
		}

		@Override
		public String toString() {
			return "Contents[…]";
		}

	}

	private interface Reading<T> {

		@Nullable T of(PemContent content);

	}

}
