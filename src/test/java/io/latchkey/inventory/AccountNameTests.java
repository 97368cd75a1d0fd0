package io.latchkey.inventory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccountNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "root", "_apt", "www-data", "Alice.Doe", "machine$", "a2345678901234567890123456789012" })
	void takesWhatSystemsAndDirectoriesHave(String account) {
		assertThat(AccountName.fault("account", account)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-x", "1a", ".a", "a b", "a/b", "../root", "a$b", "root\n", "a:b", "\u00e4",
			"a23456789012345678901234567890123" })
	void refusesAnythingElse(String account) {
		assertThat(AccountName.fault("account", account)).isPresent();
	}

}
