package io.latchkey.logins;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy for logins.
 *
 * @param keep how long they are kept
 * @param mostOfADay how many of one node and day stand one by one; more are counted
 * @param mostTallies how many counts a node has a day; what fits in none is counted as
 * one
 * @param mostKeys of how many keys and accounts of a node the last use is kept
 */
@ConfigurationProperties("latchkey.logins")
public record LoginProperties(@DefaultValue("90d") Duration keep, @DefaultValue("5000") int mostOfADay,
		@DefaultValue("200") int mostTallies, @DefaultValue("2000") int mostKeys) {

}
