package io.latchkey.security;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the first start may be given. Later starts leave it alone.
 *
 * @param adminPassword the password of the user {@code admin}, at least 12 characters;
 * when absent, one is made up
 * @param bootstrapToken the text of an ADMIN token, at least 32 characters; when absent,
 * there is none
 */
@ConfigurationProperties("latchkey")
record FirstStartProperties(@Nullable String adminPassword, @Nullable String bootstrapToken) {

	@Override
	public String toString() {
		return "FirstStartProperties[…]";
	}

}
