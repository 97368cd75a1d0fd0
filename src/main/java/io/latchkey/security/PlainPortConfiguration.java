package io.latchkey.security;

import java.time.Duration;

import io.latchkey.core.PublicAddress;
import io.latchkey.core.StartRefusedException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A port beside HTTPS that leads there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("latchkey.https.redirect-port")
class PlainPortConfiguration {

	private static final int MOST_CONNECTIONS = 100;

	@Bean
	WebServerFactoryCustomizer<TomcatWebServerFactory> plainPort(Properties properties, PublicAddress address,
			@Value("${server.tomcat.connection-timeout}") Duration timeout) {
		if (properties.certificate() == null) {
			throw new StartRefusedException(
					"latchkey.https.redirect-port (LATCHKEY_HTTPS_REDIRECT_PORT) leads to HTTPS, which isn't served.",
					"Set latchkey.https.certificate and latchkey.https.private-key as well.");
		}
		return (factory) -> {
			Connector plain = new Connector(TomcatWebServerFactory.DEFAULT_PROTOCOL);
			plain.setPort(properties.redirectPort());
			if (plain.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
				protocol.setMaxConnections(MOST_CONNECTIONS);
				protocol.setConnectionTimeout((int) timeout.toMillis());
				protocol.setAddress(factory.getAddress());
			}
			factory.addAdditionalConnectors(plain);
			factory.addContextCustomizers(
					(context) -> context.getParent().getPipeline().addValve(new ToHttps(plain, address)));
		};
	}

	/**
	 * The settings.
	 *
	 * @param redirectPort on which plain HTTP is only told where HTTPS is
	 */
	@ConfigurationProperties("latchkey.https")
	record Properties(@Nullable String certificate, int redirectPort) {

	}

}
