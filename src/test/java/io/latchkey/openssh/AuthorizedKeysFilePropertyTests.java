package io.latchkey.openssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class AuthorizedKeysFilePropertyTests {

	@Property
	void keepsEveryByteOfAnything(@ForAll byte[] content) {
		assertThat(AuthorizedKeysFile.parse(content).render()).isEqualTo(content);
	}

	@Property
	void keepsEveryByteOfFilesAsTheyAre(@ForAll("files") byte[] content) {
		AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
		assertThat(file.render()).isEqualTo(content);
		assertThat(AuthorizedKeysFile.of(file.lines()).render()).isEqualTo(content);
	}

	@Provide
	Arbitrary<byte[]> files() {
		return lines().map((lines) -> {
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			lines.forEach(file::writeBytes);
			return file.toByteArray();
		});
	}

	private Arbitrary<List<byte[]>> lines() {
		Arbitrary<byte[]> end = Arbitraries.of("\n", "\r\n", "\n", "").map(String::getBytes);
		Arbitrary<byte[]> content = Arbitraries.oneOf(
				Arbitraries
					.of("", " ", "# comment", "\t#", SampleKeys.ED25519, "\uFEFF" + SampleKeys.ED25519,
							"no-pty,command=\"echo \\\"hi\\\"\" " + SampleKeys.ED25519 + " me@here",
							SampleKeys.ED25519 + "\0hidden", "from=\"unended " + SampleKeys.ED25519)
					.map((text) -> text.getBytes(StandardCharsets.UTF_8)),
				Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
		return content.flatMap((bytes) -> end.map((ending) -> {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			line.writeBytes(bytes);
			line.writeBytes(ending);
			return line.toByteArray();
		})).list().ofMaxSize(12);
	}

}
