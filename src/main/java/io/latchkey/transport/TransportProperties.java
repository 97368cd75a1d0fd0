package io.latchkey.transport;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The deadlines of a conversation with a node.
 *
 * @param connectTimeout until the node has shown its host key, name resolution included
 * @param authTimeout from then until it has let the account in
 * @param answerTimeout for each answer
 * @param conversationTimeout for all of it
 */
@ConfigurationProperties("latchkey.transport")
public record TransportProperties(@DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration authTimeout, @DefaultValue("15s") Duration answerTimeout,
		@DefaultValue("60s") Duration conversationTimeout) {

}
