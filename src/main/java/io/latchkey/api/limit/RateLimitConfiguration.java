package io.latchkey.api.limit;

import io.latchkey.api.ApiProperties;
import io.latchkey.api.problem.UnroutedProblems;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

	/** After Spring Security's filters, which say whose request it is. */
	private static final int AFTER_SIGN_IN = 0;

	@Bean
	FilterRegistrationBean<RateLimitFilter> rateLimit(ApiProperties properties, UnroutedProblems problems) {
		FilterRegistrationBean<RateLimitFilter> registration = new FilterRegistrationBean<>(
				new RateLimitFilter(properties, problems));
		registration.addUrlPatterns("/api/*");
		registration.setOrder(AFTER_SIGN_IN);
		return registration;
	}

}
