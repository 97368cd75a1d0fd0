package io.latchkey.core;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.query.QueryEnhancerFactories;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;

/**
 * Has Spring Data leave the grammar of queries to Hibernate, which parses each at the
 * start anyway: to parse them a second time takes a seventh of a start. What is left to
 * Spring Data, an order and the count of a page, it adds to their text; that is enough
 * for queries that name what they select by aliases or {@code new}.
 */
@Configuration(proxyBeanMethods = false)
class PlainQueriesConfiguration {

	@Bean
	static BeanPostProcessor plainQueries() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof JpaRepositoryFactoryBean<?, ?, ?> repository) {
					repository.setQueryEnhancerSelectorSource((query) -> QueryEnhancerFactories.fallback());
				}
				return bean;
			}

		};
	}

}
