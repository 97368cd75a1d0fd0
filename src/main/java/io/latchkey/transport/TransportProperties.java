package io.latchkey.transport;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
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
 */
@ConfigurationProperties("latchkey.transport")
public record TransportProperties(@DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration authTimeout, @DefaultValue("15s") Duration answerTimeout,
		@DefaultValue("60s") Duration conversationTimeout, @DefaultValue("30s") Duration keepFor,
		@DefaultValue("200") int keepAtMost) {

	@ConstructorBinding
	public TransportProperties {
	}

	/** Without sessions that are kept. */
	TransportProperties(Duration connectTimeout, Duration authTimeout, Duration answerTimeout,
			Duration conversationTimeout) {
		this(connectTimeout, authTimeout, answerTimeout, conversationTimeout, Duration.ZERO, 0);
	}

}
