package io.latchkey.security;

import java.time.Duration;

import io.latchkey.users.Role;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What sign-in takes.
 *
 * @param secondFactor who has to have a second factor; whoever hasn't is led to set one
 * up before anything else
 * @param fresh how long after it a password counts as given just now, which what is
 * dangerous takes
 */
@ConfigurationProperties("latchkey.sign-in")
record SignInProperties(@DefaultValue("none") Required secondFactor, @DefaultValue("15m") Duration fresh) {

	enum Required {

		NONE, ADMINS, ALL;

		boolean isOf(Role role) {
			return this == ALL || (this == ADMINS && role == Role.ADMIN);
		}

	}

}
