package io.latchkey.api.idempotency;

import io.latchkey.secrets.SealedColumn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells a change of the vault's keys where requests and answers stand.
 */
@Configuration(proxyBeanMethods = false)
class SealedAnswers {

	@Bean
	SealedColumn sealedRequests() {
		return of("request");
	}

	@Bean
	SealedColumn sealedFirstAnswers() {
		return of("answer");
	}

	private static SealedColumn of(String column) {
		return new SealedColumn("idempotent_answer", column, "id", "caller || ':' || idempotency_key");
	}

}
