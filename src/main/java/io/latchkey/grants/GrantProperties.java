package io.latchkey.grants;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy for grants.
 *
 * @param maxDuration the longest window, or null for any
 * @param permanentAllowed whether a grant may have no end
 */
@ConfigurationProperties("latchkey.grants")
record GrantProperties(@Nullable Duration maxDuration, @DefaultValue("true") boolean permanentAllowed) {

}
