package io.latchkey.https;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.sshd.ProgramRun;

/**
 * A certificate for localhost and its key, in PEM as {@code openssl} writes them.
 */
public record OpenSslPair(Path certificate, Path privateKey) {

	public static final String[] RSA = { "-newkey", "rsa:2048" };

	public static final String[] EC = { "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256" };

	public static final String[] ED25519 = { "-newkey", "ed25519" };

	/** Made in a new folder; its name is the certificate's as well. */
	public static OpenSslPair make(Path folder, String... algorithm) throws IOException {
		Files.createDirectories(folder);
		OpenSslPair pair = new OpenSslPair(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
		List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "90", "-subj",
				"/CN=" + folder.getFileName(), "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
				pair.privateKey().toString(), "-out", pair.certificate().toString()));
		command.addAll(List.of(algorithm));
		ProgramRun.of(command.toArray(String[]::new)).orThrow();
		pair.permit("rw-------");
		return pair;
	}

	void permit(String mode) throws IOException {
		Files.setPosixFilePermissions(this.privateKey, PosixFilePermissions.fromString(mode));
	}

	CertificateFiles files() {
		return new CertificateFiles(this.certificate, this.privateKey);
	}

}
