package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The deadlines of a conversation with a node, and how long its session is kept after it.
 *
 * @param connectTimeout until the node has shown its host key, name resolution included
 * @param authTimeout from then until it has let the account in
 * @param answerTimeout for each answer
 * @param conversationTimeout for all of it
 * @param keepFor how long a session is kept for another conversation; zero for none
 * @param keepAtMost how many are kept at a time
 * @param neverDialled the networks in which no connection is made: by default those that
 * are this machine's own links, mean several machines or none, or are where clouds tell
 * their machines secrets. Loopback is not among them, since Latchkey may look after the
 * machine that it runs on
 */
@ConfigurationProperties("latchkey.transport")
public record TransportProperties(@DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration authTimeout, @DefaultValue("15s") Duration answerTimeout,
		@DefaultValue("60s") Duration conversationTimeout, @DefaultValue("30s") Duration keepFor,
		@DefaultValue("200") int keepAtMost, @DefaultValue( {
				"0.0.0.0/8", "::/128", "169.254.0.0/16", "fe80::/10", "224.0.0.0/4", "255.255.255.255/32", "ff00::/8",
				"168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::/32",
				"fd20:ce::254/128" }) List<String> neverDialled){

}
