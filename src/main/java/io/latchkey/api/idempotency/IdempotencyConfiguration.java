package io.latchkey.api.idempotency;

import io.latchkey.api.problem.UnroutedProblems;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

	/** After Spring Security's filters and the rate limit. */
	private static final int AFTER_RATE_LIMIT = 1;

	@Bean
	FilterRegistrationBean<IdempotencyFilter> idempotency(FirstAnswers answers, UnroutedProblems problems) {
		FilterRegistrationBean<IdempotencyFilter> registration = new FilterRegistrationBean<>(
				new IdempotencyFilter(answers, problems));
		registration.addUrlPatterns("/api/*");
		registration.setOrder(AFTER_RATE_LIMIT);
		return registration;
	}

}
