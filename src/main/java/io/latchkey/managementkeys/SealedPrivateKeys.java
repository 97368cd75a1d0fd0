package io.latchkey.managementkeys;

import io.latchkey.secrets.SealedColumn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells a change of the vault's keys where private halves stand.
 */
@Configuration(proxyBeanMethods = false)
class SealedPrivateKeys {

	@Bean
	SealedColumn sealedManagementKeys() {
		return new SealedColumn("management_key", "private_key");
	}

}
