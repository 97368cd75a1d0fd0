package io.latchkey.openssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.openssh.AddressPattern.Kind;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressPatternTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, ADDRESS", "127.0.0.1, ADDRESS", "!10.20.30.0/24, ADDRESS", "2001:db8::/32, ADDRESS",
			"::1, ADDRESS", "::ffff:10.0.0.1, ADDRESS", "0.0.0.0/0, ADDRESS", "::/0, ADDRESS", "10.1, ADDRESS",
			"10.*, PATTERN", "192.0.2.?, PATTERN", "*, PATTERN", "fe80:*, PATTERN", "*.example.org, NAME", "web1, NAME",
			"10.0.1.0/8, REFUSED", "10.0.0.1/31, REFUSED", "10.0.0.0/33, REFUSED", "2001:db8::1/32, REFUSED",
			"10/8, REFUSED", "300.1.1.1/24, NOTHING", "300.1.1.1, NOTHING", "10.0.0.0/129, NOTHING", "web1/24, NOTHING",
			"10.0.0.0/x, NOTHING", "1::2::3, NOTHING", "12345::/16, NOTHING" })
	void readsAnEntryAsSshdDoes(String entry, Kind kind) {
		assertThat(AddressPattern.parse(entry).kind()).isEqualTo(kind);
	}

	/** It checks what follows the {@code @} in AllowUsers by the same function. */
	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/8", "10.0.1.0/8", "300.1.1.1/24", "10.0.0.0/33", "10.0.0.0/32", "10.0.0.0/129",
			"2001:db8::/32", "2001:db8::1/32", "2001:db8::/129", "10/8", "10.0/16", "010.0.0.0/8", "0x0a.0.0.0/8",
			"!10.0.1.0/8", "web1/24", "*", "10.0.0.*", "*/8", "!", "::1", "::ffff:10.0.0.0/104", "1:2:3:4:5:6:7:8/127",
			"256.0.0.0/8", "1.2.3.4.5/8", "10.0.0.0/08", "10.0.0.0/ 8", "10.0.0.0/+8", "::/0" })
	@RequiresProgram("sshd")
	void refusesWhatSshdRefuses(String entry, @TempDir Path folder) throws IOException {
		ProgramRun.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("key").toString()).orThrow();
		Path configuration = Files.write(folder.resolve("config"),
				List.of("HostKey " + folder.resolve("key"), "AllowUsers \"root@%s\"".formatted(entry)));
		if (Files.isWritable(Path.of("/run"))) {
			// Root's sshd asks for it before it reads anything (sshd(8)); a package that
			// starts nothing may leave it out.
			Files.createDirectories(Path.of("/run/sshd"));
		}
		ProgramRun run = ProgramRun.of("/usr/sbin/sshd", "-t", "-f", configuration.toString());
		assertThat(AddressPattern.parse(entry).kind() == Kind.REFUSED).as(run.output())
			.isEqualTo(run.exitStatus() != 0);
	}

	@Test
	void namesTheNetworkThatWasMeant() {
		assertThat(AddressPattern.parse("10.0.1.0/8").network()).contains("10.0.0.0/8");
		assertThat(AddressPattern.parse("2001:db8::1/32").network()).contains("2001:db8:0:0:0:0:0:0/32");
		assertThat(AddressPattern.parse("10.0.0.0/33").network()).isEmpty();
		assertThat(AddressPattern.parse("10.0.0.0/8").network()).isEmpty();
	}

	@Test
	void knowsWhetherAListLetsAnyIn() {
		assertThat(letsAnyIn("10.0.0.0/8,!10.1.0.0/16")).isTrue();
		assertThat(letsAnyIn("!10.1.0.0/16")).isFalse();
		assertThat(letsAnyIn("300.1.1.1/24")).isFalse();
		assertThat(letsAnyIn("10.0.1.0/8,127.0.0.0/8")).as("one entry spoils the list").isFalse();
		assertThat(letsAnyIn("10.0.0.0/8,")).as("an empty one, too").isFalse();
		assertThat(letsAnyIn("*.example.org")).as("sshd has addresses alone").isFalse();
		assertThat(AddressPatterns.parse("*.example.org").letsAnyIn(AddressPatterns.Names.LOOKED_UP)).isTrue();
	}

	private static boolean letsAnyIn(String list) {
		return AddressPatterns.parse(list).letsAnyIn(AddressPatterns.Names.NOT_LOOKED_UP);
	}

}
