package io.latchkey.identity;

import io.latchkey.openssh.KeyPolicy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which public keys are taken.
 *
 * @param minimumRsaBits the least size of an RSA key
 */
@ConfigurationProperties("latchkey.keys")
record KeyProperties(@DefaultValue("2048") int minimumRsaBits) {

	KeyPolicy policy() {
		return new KeyPolicy(this.minimumRsaBits);
	}

}
