package io.latchkey.core;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the address at which Latchkey is reached. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicAddressConfiguration.Properties.class)
class PublicAddressConfiguration {

	@Bean
	PublicAddress publicAddress(Properties properties) {
		URI ofNodes = (properties.enrolment() != null) ? properties.enrolment().address() : null;
		return PublicAddress.of(properties.publicAddress(), ofNodes,
				properties.https() != null && properties.https().certificate() != null);
	}

	/**
	 * The settings that name an address.
	 */
	@ConfigurationProperties("latchkey")
	record Properties(@Nullable String publicAddress, @Nullable Enrolment enrolment, @Nullable Https https) {

		/** A part of how nodes register themselves. */
		record Enrolment(@Nullable URI address) {

		}

		/** A part of how HTTPS is served. */
		record Https(@Nullable String certificate) {

		}

	}

}
