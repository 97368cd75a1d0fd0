package io.latchkey;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Seals for the modules that keep records, where the module of secrets isn't there.
 */
@TestConfiguration(proxyBeanMethods = false)
public class VaultConfiguration {

	@Bean
	SecretVault secretVault() {
		return Vaults.fresh();
	}

}
