package io.latchkey.keypairs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.latchkey.RequiresProgram;
import io.latchkey.openssh.KeyPairKind;
import io.latchkey.openssh.PrivateKey;
import io.latchkey.openssh.PublicKey;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.openssh.PuttyKeyFile;
import io.latchkey.ssh.GeneratedKeyPair;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is handed out, judged by those who read it: {@code ssh-keygen}, {@code ssh},
 * {@code puttygen} and JSch.
 */
@RequiresProgram({ "sshd", "ssh-keygen", "puttygen" })
class PrivateKeyFilesSshdTests {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1);

	private static final String PASSPHRASE = "a passphrase of 4 words";

	private final SshdNode node = NODES.first();

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource(KeyPairKind.class)
	void letsInWithEachKindInBothFormats(KeyPairKind kind) throws Exception {
		try (GeneratedKeyPair pair = GeneratedKeyPair.generate(kind, "alice at home")) {
			Path openSsh = file("id", pair.privateKey());
			this.node.authorize("root", pair.publicKey().render());
			assertThat(Ssh.to(this.node).letsIn("root", openSsh)).isTrue();
			assertThat(publicKey(openSsh, "")).isEqualTo(new PublicKeyText(pair.publicKey(), "alice at home"));

			Path putty = file("id.ppk", putty(pair, ""));
			Path converted = this.folder.resolve("converted");
			ProgramRun.of("puttygen", putty.toString(), "-O", "private-openssh-new", "-o", converted.toString())
				.orThrow();
			assertThat(Ssh.to(this.node).letsIn("root", converted)).isTrue();
			assertThat(publicKey(converted, "").comment()).isEqualTo("alice at home");
			assertThat(readByJsch(putty, "").getPublicKeyBlob()).isEqualTo(pair.publicKey().blob());
		}
	}

	@ParameterizedTest
	@EnumSource(KeyPairKind.class)
	void isOpenedByItsPassphraseAndByNoOther(KeyPairKind kind) throws Exception {
		try (GeneratedKeyPair pair = GeneratedKeyPair.generate(kind, "")) {
			Path openSsh = file("id", pair.privateKey(PASSPHRASE.getBytes(StandardCharsets.US_ASCII)));
			assertThat(publicKey(openSsh, PASSPHRASE).key()).isEqualTo(pair.publicKey());
			assertThat(ProgramRun.of("ssh-keygen", "-y", "-P", "another", "-f", openSsh.toString()).errorOutput())
				.contains("incorrect passphrase");

			Path putty = file("id.ppk", putty(pair, PASSPHRASE));
			assertThat(puttygen(putty, "another").errorOutput()).contains("wrong passphrase");
			puttygen(putty, PASSPHRASE).orThrow();
			assertThat(publicKey(this.folder.resolve("converted"), "").key()).isEqualTo(pair.publicKey());
			this.node.authorize("root", pair.publicKey().render());
			assertThat(Ssh.to(this.node).letsIn("root", this.folder.resolve("converted"))).isTrue();
			assertThat(readByJsch(putty, PASSPHRASE).isEncrypted()).isFalse();
		}
	}

	/** One of four exponents of P-521 is so short that it begins with a byte too many. */
	@Test
	void aShortExponentIsWrittenAsItMustBe() throws Exception {
		for (int i = 0; i < 20; i++) {
			try (GeneratedKeyPair pair = GeneratedKeyPair.generate(KeyPairKind.ECDSA_521, "alice")) {
				Path putty = file("id.ppk", putty(pair, ""));
				Path converted = this.folder.resolve("converted");
				ProgramRun.of("puttygen", putty.toString(), "-O", "private-openssh-new", "-o", converted.toString())
					.orThrow();
				assertThat(publicKey(converted, "").key()).isEqualTo(pair.publicKey());
			}
		}
	}

	/** What another than Latchkey has changed in a .ppk is noticed by its reader. */
	@Test
	void isSealedAgainstChanges() throws Exception {
		try (GeneratedKeyPair pair = GeneratedKeyPair.generate(KeyPairKind.ED25519, "alice")) {
			Path putty = file("id.ppk",
					new String(putty(pair, ""), StandardCharsets.UTF_8).replace("Comment: alice", "Comment: mallory")
						.getBytes(StandardCharsets.UTF_8));
			assertThat(ProgramRun.of("puttygen", putty.toString(), "-O", "private-openssh-new", "-o",
					this.folder.resolve("converted").toString()))
				.satisfies((run) -> assertThat(run.exitStatus()).isNotZero());
		}
	}

	private ProgramRun puttygen(Path putty, String passphrase) throws IOException {
		return ProgramRun.of("puttygen", putty.toString(), "-O", "private-openssh-new", "-o",
				this.folder.resolve("converted").toString(), "--old-passphrase",
				file("old", passphrase.getBytes(StandardCharsets.US_ASCII)).toString(), "--new-passphrase",
				file("new", new byte[0]).toString());
	}

	private static byte[] putty(GeneratedKeyPair pair, String passphrase) throws Exception {
		try (PrivateKey key = PrivateKey.parse(pair.privateKey())) {
			PuttyKeyFile file = new PuttyKeyFile(key, "alice at home");
			return passphrase.isEmpty() ? file.render()
					: file.render(passphrase.getBytes(StandardCharsets.US_ASCII), new Argon2id());
		}
	}

	private static PublicKeyText publicKey(Path privateKey, String passphrase) throws Exception {
		String line = ProgramRun.of("ssh-keygen", "-y", "-P", passphrase, "-f", privateKey.toString())
			.orThrow()
			.output();
		return PublicKeyText.parse(line);
	}

	private static KeyPair readByJsch(Path putty, String passphrase) throws Exception {
		KeyPair read = KeyPair.load(new JSch(), Files.readAllBytes(putty), null);
		assertThat(read.decrypt(passphrase.getBytes(StandardCharsets.US_ASCII))).isTrue();
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		read.writeOpenSSHv1PrivateKey(written, null);
		assertThat(PublicKey.of(read.getPublicKeyBlob()).render()).isNotEmpty();
		return read;
	}

	private Path file(String name, byte[] content) throws IOException {
		Path file = this.folder.resolve(name);
		Files.deleteIfExists(file);
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		return Files.write(file, content);
	}

}
