package io.latchkey.internode;

import io.latchkey.secrets.SealedColumn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells a change of the vault's keys where private halves stand.
 */
@Configuration(proxyBeanMethods = false)
class SealedInterNodeKeys {

	@Bean
	SealedColumn sealedInterNodePairs() {
		return new SealedColumn("inter_node_pair", "private_key");
	}

}
