package io.latchkey;

import java.util.Objects;
import java.util.stream.Stream;

import io.latchkey.sandbox.ProductOnly;
import io.latchkey.sandbox.SandboxConfiguration;
import io.latchkey.sandbox.SandboxFolder;

import org.springframework.boot.SpringApplication;

/**
 * Latchkey with its sandbox: what {@code spring-boot:test-run} starts.
 */
public final class TestLatchkeyApplication {

	private TestLatchkeyApplication() {
	}

	public static void main(String[] args) {
		SandboxFolder folder = SandboxFolder.of(System.getenv());
		String password = Objects.requireNonNullElseGet(System.getenv("LATCHKEY_ADMIN_PASSWORD"),
				folder::adminPassword);
		Stream<String> defaults = Stream.of("--latchkey.data-dir=" + folder.path(),
				"--latchkey.admin-password=" + password, "--logging.level.org.apache.sshd=off");
		SpringApplication.from(LatchkeyApplication::main)
			.with(SandboxConfiguration.class, ProductOnly.class)
			.run(Stream.concat(defaults, Stream.of(args)).toArray(String[]::new));
	}

}
