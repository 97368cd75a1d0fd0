package io.latchkey.passwords;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExceptionsTests {

	@Test
	void aBlockThatTurnsItOnIsOne() {
		Exceptions found = Exceptions
			.in(Said.on().file(Said.MAIN, "Match User bob", "  PasswordAuthentication yes", "Match all").get());
		assertThat(found.matches()).hasToString("[/etc/ssh/sshd_config line 1: Match User bob]");
		assertThat(found.names()).containsExactly("/etc/ssh/sshd_config: Match User bob");
	}

	@Test
	void whatStandsOutsideOfAnyBlockOrTurnsItOffIsNone() {
		assertThat(Exceptions
			.in(Said.on()
				.file(Said.MAIN, "PasswordAuthentication yes", "Match User bob", "PasswordAuthentication no",
						"KbdInteractiveAuthentication no")
				.get())
			.isEmpty()).isTrue();
	}

	/** One in an included file ends with the file. */
	@Test
	void aBlockEndsWithItsFile() {
		assertThat(Exceptions
			.in(Said.on()
				.file("/etc/ssh/sshd_config.d/10.conf", "Match User bob")
				.file("/etc/ssh/sshd_config.d/20.conf", "PasswordAuthentication yes")
				.get())
			.isEmpty()).isTrue();
	}

	@Test
	void aFileThatABlockIncludesBelongsToIt() {
		Said said = Said.on()
			.file(Said.MAIN, "Match Group staff", "Include staff/*.conf \"/etc/more?conf\"")
			.file("/etc/ssh/staff/a.conf", "passwordauthentication yes")
			.file("/etc/ssh/other.conf", "PasswordAuthentication yes");
		assertThat(Exceptions.in(said.get()).matches()).hasToString("[/etc/ssh/sshd_config line 1: Match Group staff]");
	}

	@Test
	void aLineWithManyStarsIsNoBurden() {
		Said said = Said.on()
			.file(Said.MAIN, "Match all", "Include /" + "*a".repeat(190))
			.file("/" + "a".repeat(2000), "PasswordAuthentication yes");
		assertThat(Exceptions.in(said.get()).matches()).hasSize(1);
	}

	@Test
	void oldNamesCount() {
		assertThat(Exceptions
			.in(Said.on().file(Said.MAIN, "MATCH Address 10.0.0.0/8", "\"ChallengeResponseAuthentication\"=yes").get())
			.matches()).hasSize(1);
	}

	@Test
	void theSameBlockElsewhereInItsFileIsTheSame() {
		String[] block = { "Match User bob", "PasswordAuthentication yes" };
		assertThat(Exceptions.in(Said.on().file(Said.MAIN, block).get()).names())
			.isEqualTo(Exceptions.in(Said.on().file(Said.MAIN, "UsePAM yes", block[0], block[1]).get()).names());
	}

	@Test
	void aPasswordBesideAKeyIsNoException() {
		Exceptions found = Exceptions
			.in(Said.on().file(Said.MAIN, "AuthenticationMethods publickey,password", "Match User x").get());
		assertThat(found.methods())
			.containsExactly("/etc/ssh/sshd_config line 1: AuthenticationMethods publickey,password");
		assertThat(Exceptions.in(Said.on().file(Said.MAIN, "AuthenticationMethods publickey,password publickey").get())
			.methods()).isEmpty();
	}

	@Test
	void aBlockThatLetsInRootIsOneOfRoots() {
		Exceptions found = Exceptions
			.in(Said.on().file(Said.MAIN, "Match Address 10.0.0.0/8", "PermitRootLogin yes").get());
		assertThat(found.roots()).hasSize(1);
		assertThat(found.isEmpty()).isTrue();
	}

}
