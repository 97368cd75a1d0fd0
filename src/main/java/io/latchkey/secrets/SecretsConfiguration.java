package io.latchkey.secrets;

import io.latchkey.core.StartRefusedException;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {

	@Bean
	SecretVault secretVault(SecretsProperties properties, Canary canary) {
		String given = properties.secretKey();
		return StringUtils.hasText(given) ? fromEnvironment(given, canary)
				: fromFile(new KeyFile(properties.dataDir()), canary);
	}

	private static SecretVault fromEnvironment(String given, Canary canary) {
		SymmetricKey key = SymmetricKey.parse(given)
			.orElseThrow(() -> new StartRefusedException(
					"LATCHKEY_SECRET_KEY (latchkey.secret-key) is not a key: the Base64 of 32 bytes was expected.",
					"Set it to the key that was used so far. For a new installation make one with: openssl rand "
							+ "-base64 32"));
		SecretVault vault = new SecretVault(key);
		if (!canary.knows(vault)) {
			throw new StartRefusedException(
					"The secrets in the database were sealed with another key than the one in LATCHKEY_SECRET_KEY "
							+ "(latchkey.secret-key).",
					"Set it to the key that was used so far. If that was the file 'secret.key' in the data folder, "
							+ "unset LATCHKEY_SECRET_KEY or set it to the file's content.");
		}
		return vault;
	}

	private static SecretVault fromFile(KeyFile file, Canary canary) {
		if (!file.exists()) {
			if (canary.exists()) {
				throw new StartRefusedException(
						("The database holds secrets that were sealed with a key, but the key is missing: there is no "
								+ "file '%s' and LATCHKEY_SECRET_KEY is not set.")
							.formatted(file.path()),
						"Put the file back from a backup, point LATCHKEY_DATA_DIR to the folder that has it, or set "
								+ "LATCHKEY_SECRET_KEY to the key that was used so far.");
			}
			file.create();
		}
		SecretVault vault = new SecretVault(file.read());
		if (!canary.knows(vault)) {
			throw new StartRefusedException(
					"The secrets in the database were sealed with another key than the one in '%s'."
						.formatted(file.path()),
					"Put the original file back from a backup, or set LATCHKEY_SECRET_KEY to the key that was used "
							+ "so far. Several instances on one database need the same key.");
		}
		return vault;
	}

}
