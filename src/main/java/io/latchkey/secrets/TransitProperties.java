package io.latchkey.secrets;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A key that HashiCorp Vault or OpenBao holds in its transit engine.
 *
 * @param address as {@code https://vault.example.net:8200}; none, when the key is
 * somewhere else
 * @param mount where the engine is mounted
 * @param key the name of the key there
 * @param tokenFile the file with the token, which is read for each call
 * @param namespace of Vault Enterprise or OpenBao
 * @param timeout of one call
 */
@ConfigurationProperties("latchkey.secret-key-transit")
record TransitProperties(@Nullable String address, @DefaultValue("transit") String mount,
		@DefaultValue("latchkey") String key, @Nullable Path tokenFile, @Nullable String namespace,
		@DefaultValue("10s") Duration timeout) {

}
