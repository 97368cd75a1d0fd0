package io.latchkey.inventory;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccountNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "alice", "_apt", "host$", "1alice", "1000", "alice.smith+ops", "alice@corp.example.org",
			"CORP\\alice", "CORP\\Alice Smith", "müller", "o'brien", "R&D team", ".hidden", "a" })
	void takesNamesAsDirectoriesHaveThem(String name) {
		assertThat(AccountName.fault("account", name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "..", "-alice", "-", "al:ice", "al/ice", "../alice", "al\nice", "al\tice",
			"al\0ice", "al\u007fice", "al\u0085ice", "al\u2028ice", "al\u202eice", "alice ", " alice", "$(touch x)",
			"a$b", "a;b", "a*b", "a?b", "a`b", "a\"b", "a,b", "a|b", "a<b", "a>b", "a[b]", "a%b", "~alice", "+alice",
			"@alice", "!alice", "#1000", "=alice", "host$$" })
	void refusesWhatNoAccountIsCalledOrWhatIsTakenForSomethingElse(String name) {
		assertThat(AccountName.fault("account", name)).isPresent();
	}

	@Test
	void takesNoMoreThan256Bytes() {
		assertThat(AccountName.isWellFormed("a".repeat(256))).isTrue();
		assertThat(AccountName.isWellFormed("a".repeat(257))).isFalse();
		assertThat(AccountName.isWellFormed("ü".repeat(129))).isFalse();
	}

	/** As ssh -G of OpenSSH 10.6 refuses and takes them. */
	@Test
	void isSaidInAConfigurationWhereClientsRefuseItOnTheirCommandLine() {
		for (String name : List.of("CORP\\alice", "host$", "R&D team", "o'brien")) {
			assertThat(AccountName.configuration(name, "web1")).as(name)
				.containsExactly("Host web1", "    User \"" + name + "\"");
		}
		for (String name : List.of("alice", "alice@corp.example.org", "alice smith", "a~b", "a!b", "a=b", "müller")) {
			assertThat(AccountName.configuration(name, "web1")).as(name).isEmpty();
		}
	}

	@Test
	void quotesWhatAShellWouldTakeForItsOwn() {
		assertThat(AccountName.destination("alice@corp.example.org", "web1")).isEqualTo("alice@corp.example.org@web1");
		assertThat(AccountName.destination("CORP\\alice", "web1")).isEqualTo("-l 'CORP\\alice' web1");
		assertThat(AccountName.destination("host$", "web1")).isEqualTo("-l 'host$' web1");
		assertThat(AccountName.destination("o'brien", "web1")).isEqualTo("-l 'o'\\''brien' web1");
		assertThat(AccountName.destinationOnWindows("CORP\\alice smith", "web1"))
			.isEqualTo("-l \"CORP\\alice smith\" web1");
	}

}
