package io.latchkey.users;

import io.latchkey.secrets.SealedColumn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where the secrets of authenticators stand sealed.
 */
@Configuration(proxyBeanMethods = false)
class SealedSecondFactors {

	@Bean
	SealedColumn secondFactorSecrets() {
		return new SealedColumn("second_factor", "secret", "user_id", "user_id");
	}

}
