package io.latchkey.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.latchkey.core.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyFileTests {

	@TempDir
	Path folder;

	@Test
	void makesAKeyThatOnlyItsOwnerMayRead() throws IOException {
		KeyFile file = KeyFile.in(this.folder.resolve("not/there/yet"));
		file.create();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
		assertThat(file.read().render()).isEqualTo(Files.readString(file.path()).strip());
	}

	@Test
	void leavesNothingElseBehind() throws IOException {
		KeyFile file = KeyFile.in(this.folder);
		file.create();
		file.create();
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).containsExactly(file.path());
		}
	}

	@Test
	void keepsTheKeyThatIsThere() {
		KeyFile file = KeyFile.in(this.folder);
		file.create();
		String key = file.read().render();
		file.create();
		assertThat(file.read().render()).isEqualTo(key);
	}

	@Test
	void givesTheSameKeyToInstancesThatStartAtOnce() throws Exception {
		int instances = 8;
		CountDownLatch ready = new CountDownLatch(instances);
		ExecutorService executor = Executors.newFixedThreadPool(instances);
		try {
			List<Future<String>> keys = new ArrayList<>();
			for (int i = 0; i < instances; i++) {
				keys.add(executor.submit(() -> {
					KeyFile file = KeyFile.in(this.folder);
					ready.countDown();
					ready.await();
					file.create();
					return file.read().render();
				}));
			}
			String first = keys.get(0).get();
			for (Future<String> key : keys) {
				assertThat(key.get()).isEqualTo(first);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void refusesAFileThatOthersMayRead() throws IOException {
		KeyFile file = KeyFile.in(this.folder);
		file.create();
		Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(file::read)
			.withMessageContaining("rw-r-----")
			.satisfies((ex) -> assertThat(ex.action()).startsWith("chmod 600 "));
	}

	@Test
	void refusesAFileWithoutAKey() throws IOException {
		KeyFile file = KeyFile.in(this.folder);
		file.create();
		Files.writeString(file.path(), "not a key\n");
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(file::read)
			.withMessageContaining("Base64 of 32 bytes")
			.withMessageNotContaining("not a key\n");
	}

	@Test
	void saysWhereItCannotWrite() throws IOException {
		Path occupied = Files.writeString(this.folder.resolve("occupied"), "");
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(KeyFile.in(occupied)::create)
			.withMessageContaining("occupied")
			.satisfies((ex) -> assertThat(ex.action()).contains("LATCHKEY_DATA_DIR"));
	}

}
