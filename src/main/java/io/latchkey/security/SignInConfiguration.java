package io.latchkey.security;

import java.time.Clock;

import io.latchkey.users.SecondFactors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How it is checked who signs in.
 */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

	/** Without a parent: Spring's would check passwords past the limits. */
	@Bean
	ProviderManager signIns(SignInUsers users, PasswordEncoder passwords, RememberedBrowsers browsers,
			FailedSignIns failures, SecondFactors factors, Clock clock) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		provider.setPasswordEncoder(passwords);
		provider.setUserDetailsPasswordService(users);
		return new ProviderManager(new TwoStepProvider(
				new LimitedAuthenticationProvider(provider, browsers, failures, clock), factors, clock));
	}

}
