package io.latchkey.secrets;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key comes from.
 *
 * @param secretKey the Base64 of 32 bytes; when absent, the key lies in the data folder
 * @param dataDir the folder of {@code secret.key}
 */
@ConfigurationProperties("latchkey")
record SecretsProperties(@Nullable String secretKey, @DefaultValue("./data") Path dataDir) {

	@Override
	public String toString() {
		return "SecretsProperties[" + this.dataDir + "]";
	}

}
