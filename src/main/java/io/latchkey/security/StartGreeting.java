package io.latchkey.security;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Ends a start's log with the address of the sign-in page.
 */
@Component
class StartGreeting implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private static final Logger LOGGER = LoggerFactory.getLogger(StartGreeting.class);

	/** With one of these, Spring Boot serves HTTPS. */
	private static final List<String> SECURED_BY = List.of("server.ssl.bundle", "server.ssl.key-store",
			"server.ssl.certificate", "latchkey.https.certificate");

	private final Environment environment;

	StartGreeting(Environment environment) {
		this.environment = environment;
	}

	/** What else ends a start's log has the lowest precedence and comes after it. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		LOGGER.info("Latchkey is ready: {}", address());
	}

	String address() {
		String scheme = SECURED_BY.stream().anyMatch(this.environment::containsProperty) ? "https" : "http";
		String host = this.environment.getProperty("server.address", "localhost");
		return "%s://%s:%s%s".formatted(scheme, host.contains(":") ? "[" + host + "]" : host,
				this.environment.getProperty("local.server.port"),
				this.environment.getProperty("server.servlet.context-path", ""));
	}

}
