package io.latchkey.security;

import io.latchkey.core.PublicAddress;

import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * What follows from the address at which Latchkey is reached, from the proxies before it
 * and from a database that is away, ahead of all that looks at a request.
 */
@Configuration(proxyBeanMethods = false)
class AddressConfiguration {

	@Bean
	FilterRegistrationBean<TrustedProxiesFilter> trustedProxiesFilter(TrustedProxies proxies) {
		FilterRegistrationBean<TrustedProxiesFilter> registration = new FilterRegistrationBean<>(
				new TrustedProxiesFilter(proxies));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	@Bean
	FilterRegistrationBean<PublicAddressFilter> publicAddressFilter(PublicAddress address, Problems problems,
			PlainPage page) {
		FilterRegistrationBean<PublicAddressFilter> registration = new FilterRegistrationBean<>(
				new PublicAddressFilter(address, problems, page));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	@Bean
	FilterRegistrationBean<DatabaseAwayFilter> databaseAwayFilter(Problems problems, PlainPage page) {
		FilterRegistrationBean<DatabaseAwayFilter> registration = new FilterRegistrationBean<>(
				new DatabaseAwayFilter(problems, page));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		return registration;
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie(SiteCookies cookies) {
		return (factory) -> cookies.nameSession(factory.getSettings().getSession().getCookie());
	}

}
