package io.latchkey.security;

import java.time.Duration;
import java.util.List;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Which paths of requests are taken as they stand, and what is answered to the others,
 * before anybody asks who it is.
 */
@Configuration(proxyBeanMethods = false)
class RequestPathConfiguration {

	/**
	 * The fingerprints in the API's paths hold slashes, percent-encoded, also two in a
	 * row. Tomcat passes them on as they are, so that in a decoded path a percent sign is
	 * nothing else: an encoded percent sign is still refused, and so is a plain double
	 * slash.
	 */
	@Bean
	HttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowUrlEncodedSlash(true);
		List<String> doubleSlashes = List.of("%2f%2f", "%2f%2F", "%2F%2f", "%2F%2F");
		firewall.getEncodedUrlBlocklist().removeAll(doubleSlashes);
		firewall.getDecodedUrlBlocklist().removeAll(doubleSlashes);
		firewall.getDecodedUrlBlocklist().remove("%");
		return firewall;
	}

	@Bean
	RequestRejectedHandler requestRejectedHandler(Problems problems) {
		return (request, response, rejection) -> problems.write(request, response, HttpStatus.BAD_REQUEST,
				"ambiguous-path");
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> encodedSlashes() {
		return (factory) -> factory.addConnectorCustomizers(
				(connector) -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
	}

	/** Inside Spring Boot's own, so that it reports first. */
	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> plainErrorReports(PlainPage page) {
		return (factory) -> factory.addContextCustomizers(
				(context) -> context.getParent().getPipeline().addValve(new PlainErrorReports(page)));
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> bodyDeadline(
			@Value("${latchkey.longest-body:60s}") Duration longest) {
		return (factory) -> factory.addEngineValves(new BodyDeadline(longest));
	}

}
