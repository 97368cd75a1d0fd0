package io.latchkey.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.latchkey.SampleKeys;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.Seen;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SightsTests {

	private static final List<FileQuery> QUERIES = List.of(new FileQuery("root"));

	private static final Seen SEEN = new Seen("~root /root\n/root/.ssh/authorized_keys\n", "digest", Map.of());

	private final AtomicLong nanoTime = new AtomicLong();

	private final Sights.OfNode sights = new Sights(new GlanceProperties(Duration.ofSeconds(60), Duration.ofHours(1)),
			this.nanoTime::get)
		.of(new Endpoint("node.example", 22, List.of(new HostKey(PublicKey.parse(SampleKeys.ed25519())))),
				new Login("root", Privilege.ROOT, new Secret.ManagementKey()));

	SightsTests() throws Exception {
	}

	@Test
	void isGoodWhenTheSameWasReadTwice() {
		note("hash", "config");
		note("hash", "config");
		assertThat(this.sights.find(QUERIES)).isPresent();
	}

	/** As by who keeps the file mapped: the next change need not show either. */
	@Test
	void isNotGoodWhereContentsChangedAndTheirTimesDidNot() {
		note("hash", "config");
		note("another", "config");
		assertThat(this.sights.find(QUERIES)).isEmpty();
		note("another", "config");
		assertThat(this.sights.find(QUERIES)).isPresent();
	}

	/** A configuration that cannot be told is another one each time. */
	@Test
	void isNotGoodWhereTheConfigurationMayDiffer() {
		note("hash", "config");
		note("hash", "another");
		assertThat(this.sights.find(QUERIES)).isEmpty();
	}

	private void note(String hash, String config) {
		this.nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
		this.sights.note(QUERIES, SEEN,
				new Observation(new NodeFacts(0, Instant.EPOCH, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2p1"),
						List.of(new ObservedFile("root", "/root/.ssh/authorized_keys", Presence.FILE, hash)), config),
				this.sights.now());
	}

}
