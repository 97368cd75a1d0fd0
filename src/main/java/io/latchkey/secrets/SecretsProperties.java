package io.latchkey.secrets;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the outer key comes from.
 *
 * @param secretKey the Base64 of 32 bytes
 * @param formerSecretKey the one before, for as long as something is wrapped under it
 * @param credentialsDirectory where systemd puts a service's credentials
 * @param dataDir the folder of {@code secret.key}, which is there when the key is nowhere
 * else
 */
@ConfigurationProperties("latchkey")
record SecretsProperties(@Nullable String secretKey, @Nullable String formerSecretKey,
		@Nullable Path credentialsDirectory, @DefaultValue("./data") Path dataDir) {

	@Override
	public String toString() {
		return "SecretsProperties[" + this.dataDir + "]";
	}

}
