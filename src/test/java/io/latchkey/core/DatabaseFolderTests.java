package io.latchkey.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class DatabaseFolderTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:file:%s/deep/data/latchkey;WRITE_DELAY=0", "jdbc:h2:%s/deep/data/latchkey",
			"jdbc:h2:FILE:%s/deep/data/latchkey;A=b;C=d" })
	void makesTheFolderForItsOwnerOnly(String url) throws IOException {
		DatabaseFolder.of(url.formatted(this.folder)).keepToItsOwner();
		assertThat(mode(this.folder.resolve("deep/data"))).isEqualTo("rwx------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxr-xr-x", "rwx--x---", "rwx-----x", "rwxrwx---" })
	void refusesOneThatOthersMayEnterAndSaysWhatToDo(String mode) throws IOException {
		Path data = Files.createDirectory(this.folder.resolve("data"));
		Files.createFile(data.resolve("latchkey.mv.db"));
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(mode));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> DatabaseFolder.of("jdbc:h2:file:" + data + "/latchkey").keepToItsOwner())
			.withMessageContaining(mode)
			.satisfies((refused) -> assertThat(refused.action()).isEqualTo("chmod 700 '%s'".formatted(data)));
		assertThat(mode(data)).isEqualTo(mode);
	}

	@Test
	void takesOneThatIsItsOwners() throws IOException {
		Path data = Files.createDirectory(this.folder.resolve("data"));
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
		Files.createFile(data.resolve("latchkey.mv.db"));
		assertThatNoException()
			.isThrownBy(() -> DatabaseFolder.of("jdbc:h2:file:" + data + "/latchkey").keepToItsOwner());
	}

	@Test
	void closesAnEmptyOne() throws IOException {
		Path data = Files.createDirectory(this.folder.resolve("data"));
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
		DatabaseFolder.of("jdbc:h2:file:" + data + "/latchkey").keepToItsOwner();
		assertThat(mode(data)).isEqualTo("rwx------");
	}

	private static String mode(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
