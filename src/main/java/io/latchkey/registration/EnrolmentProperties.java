package io.latchkey.registration;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How nodes register themselves.
 *
 * @param longestToken the longest that an enrolment token may be taken
 * @param address at which nodes reach Latchkey, as {@code https://latchkey.example.com};
 * null for {@code latchkey.public-address}, or the address that the caller used
 */
@ConfigurationProperties("latchkey.enrolment")
public record EnrolmentProperties(@DefaultValue("30d") Duration longestToken, @Nullable URI address) {

	public EnrolmentProperties {
		if (address != null && (address.getHost() == null || address.getRawQuery() != null
				|| !("https".equals(address.getScheme()) || "http".equals(address.getScheme())))) {
			throw new IllegalArgumentException(
					"latchkey.enrolment.address is '%s'; expected an address as ".formatted(address)
							+ "https://latchkey.example.com");
		}
	}

}
