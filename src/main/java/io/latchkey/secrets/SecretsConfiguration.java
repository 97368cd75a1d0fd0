package io.latchkey.secrets;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {

	@Bean
	Keyring keyring(DataKeys dataKeys, Clock clock) {
		return new Keyring(dataKeys.first(), dataKeys::renewed, clock);
	}

	@Bean
	SecretVault secretVault(Keyring keyring, ObjectProvider<SealedColumn> columns) {
		return new SecretVault(keyring,
				(context) -> columns.stream().anyMatch((column) -> context.startsWith(column.place())));
	}

	@Bean
	SealedColumn sealedCanary() {
		return new SealedColumn("secret_canary", "sealed");
	}

}
