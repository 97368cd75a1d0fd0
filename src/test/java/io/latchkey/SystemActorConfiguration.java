package io.latchkey;

import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Nobody is signed in where the security module isn't there.
 */
@TestConfiguration(proxyBeanMethods = false)
class SystemActorConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CurrentActor currentActor() {
		return () -> Actor.SYSTEM;
	}

}
