package io.latchkey.api;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the API, below {@code latchkey.api}.
 *
 * @param ratePerSecond how many requests a token may make in a second, on average
 * @param rateBurst how many it may make at once
 * @param idempotencyWindow how long the answer to an {@code Idempotency-Key} is kept
 */
@ConfigurationProperties("latchkey.api")
public record ApiProperties(@DefaultValue("50") int ratePerSecond, @DefaultValue("200") int rateBurst,
		@DefaultValue("24h") Duration idempotencyWindow) {

}
