package io.latchkey.identity;

import java.time.Duration;

import io.latchkey.openssh.KeyPolicy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which public keys are taken.
 *
 * @param minimumRsaBits the least size of an RSA key
 * @param endingWithin how long before its end a key is told of
 */
@ConfigurationProperties("latchkey.keys")
record KeyProperties(@DefaultValue("2048") int minimumRsaBits, @DefaultValue("14d") Duration endingWithin) {

	KeyPolicy policy() {
		return new KeyPolicy(this.minimumRsaBits);
	}

}
