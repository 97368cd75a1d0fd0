package io.latchkey.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The SSH agent that may hold the management key.
 *
 * @param socket the path of its socket, as {@code SSH_AUTH_SOCK} has it; none where there
 * is no agent
 * @param key the fingerprint of the key to take at the first start and by a rotation that
 * names none; may be left out where the agent holds a single one
 * @param timeout for each thing that it is asked
 */
@ConfigurationProperties("latchkey.management-key.agent")
public record AgentProperties(@Nullable String socket, @Nullable String key, @DefaultValue("5s") Duration timeout) {

	/** No agent. */
	static final AgentProperties NONE = new AgentProperties(null, null, Duration.ofSeconds(5));

	public AgentProperties {
		if (StringUtils.hasText(key)) {
			Fingerprint.parse(key.strip());
		}
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException(
					"latchkey.management-key.agent.timeout is '%s'; expected a time as 5s".formatted(timeout));
		}
	}

	Optional<Path> path() {
		return Optional.ofNullable(this.socket).filter(StringUtils::hasText).map(String::strip).map(Path::of);
	}

	Optional<Fingerprint> fingerprint() {
		return Optional.ofNullable(this.key).filter(StringUtils::hasText).map(String::strip).map(Fingerprint::parse);
	}

}
