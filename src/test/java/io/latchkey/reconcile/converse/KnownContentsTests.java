package io.latchkey.reconcile.converse;

import java.nio.charset.StandardCharsets;

import io.latchkey.conversation.protocol.ContentHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnownContentsTests {

	private final KnownContents contents = new KnownContents();

	@Test
	void givesBackWhatItKeptUnderItsHash() {
		byte[] content = "ssh-ed25519 AAAA one\n".getBytes(StandardCharsets.UTF_8);
		this.contents.keep(content);
		String hash = ContentHash.of(content);
		content[0] = 'X';

		assertThat(this.contents.find(hash)).get().extracting(ContentHash::of).isEqualTo(hash);
	}

	@Test
	void knowsNothingOfOthersAndOfNone() {
		assertThat(this.contents.find(ContentHash.of(new byte[0]))).isEmpty();
		assertThat(this.contents.find(null)).isEmpty();
	}

	@Test
	void keepsNoLargeOnes() {
		byte[] large = new byte[256 * 1024 + 1];
		this.contents.keep(large);

		assertThat(this.contents.find(ContentHash.of(large))).isEmpty();
	}

}
