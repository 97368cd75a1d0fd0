package io.latchkey.inventory;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of pinned host keys.
 *
 * @param remember for how long those of nodes are remembered that are removed or moved;
 * zero for not at all
 */
@ConfigurationProperties("latchkey.host-keys")
public record HostKeyProperties(@DefaultValue("365d") Duration remember) {

}
