package io.latchkey.https;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves HTTPS, where a certificate is set. */
@Configuration(proxyBeanMethods = false)
class HttpsConfiguration {

	/** The server begins before other beans: it has the certificate made first. */
	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> https(HttpsProperties properties,
			ObjectProvider<HttpsCertificate> certificate) {
		return (factory) -> properties.files().ifPresent((files) -> {
			certificate.getObject();
			factory.setSsl(Ssl.forBundle(HttpsCertificate.BUNDLE));
		});
	}

	/** Where there is a certificate. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("latchkey.https.certificate")
	static class WithCertificate {

		@Bean
		HttpsCertificate httpsCertificate(HttpsProperties properties, SslBundleRegistry registry, Clock clock) {
			HttpsCertificate certificate = new HttpsCertificate(properties.files().orElseThrow(), registry, clock);
			certificate.lookEvery(properties.lookEvery());
			return certificate;
		}

		@Bean
		HttpsHealth httpsHealthIndicator(HttpsCertificate certificate) {
			return new HttpsHealth(certificate);
		}

	}

}
