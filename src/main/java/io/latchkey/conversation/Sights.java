package io.latchkey.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.Seen;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;

/**
 * What was seen of nodes' files, by which a glance tells whether they are the same. An
 * account cannot set when its file was changed, so who changes a file leaves another time
 * there; but only once the clock that sets it has gone on since the contents were read,
 * and what is mapped into memory has been written out. So a sight is good when it was
 * seen twice, the second time so much later, with the contents read both times; and for
 * so long after that. The clocks of the nodes don't come into it.
 */
final class Sights {

	/** In characters. */
	private static final long MOST = 16L * 1024 * 1024;

	/** Of the objects around what was seen of a file or asked of an account, about. */
	private static final int EACH = 300;

	private final Cache<Question, Sight> sights = Caffeine.newBuilder()
		.maximumWeight(MOST)
		.<Question, Sight>weigher((question, sight) -> 2 * sight.seen().paths().length()
				+ EACH * (question.queries().size() + sight.observation().accounts().size() + 1))
		.build();

	private final GlanceProperties properties;

	private final LongSupplier nanoTime;

	/**
	 * @param nanoTime such as {@link System#nanoTime()}
	 */
	Sights(GlanceProperties properties, LongSupplier nanoTime) {
		this.properties = properties;
		this.nanoTime = nanoTime;
	}

	/** Those of one node, as one login sees them. */
	OfNode of(Endpoint endpoint, Login login) {
		return new OfNode(endpoint, login);
	}

	private boolean isGood(Sight sight) {
		return sight.read() - sight.first() >= this.properties.settledAfter().toNanos()
				&& this.nanoTime.getAsLong() - sight.read() < this.properties.readEvery().toNanos();
	}

	/**
	 * What was seen of the files of a node.
	 */
	final class OfNode {

		private final Endpoint endpoint;

		private final Login login;

		private OfNode(Endpoint endpoint, Login login) {
			this.endpoint = endpoint;
			this.login = login;
		}

		/** By which it may be told now whether the same would be seen. */
		Optional<Sight> find(List<FileQuery> queries) {
			return Optional.ofNullable(Sights.this.sights.getIfPresent(question(queries))).filter(Sights.this::isGood);
		}

		/**
		 * Keeps what was seen when all contents were read.
		 * @param asked when that began, by {@link #now()}
		 */
		void note(List<FileQuery> queries, Seen seen, Observation observation, long asked) {
			Question question = question(queries);
			Sight before = Sights.this.sights.getIfPresent(question);
			long first = (before != null && before.isOf(seen, observation)) ? before.first() : now();
			Sights.this.sights.put(question, new Sight(seen, observation, first, asked));
		}

		void forget(List<FileQuery> queries) {
			Sights.this.sights.invalidate(question(queries));
		}

		long now() {
			return Sights.this.nanoTime.getAsLong();
		}

		private Question question(List<FileQuery> queries) {
			return new Question(this.endpoint, this.login.account(), this.login.privilege(), queries);
		}

	}

	/**
	 * What was asked of which node.
	 */
	private record Question(Endpoint endpoint, String account, Privilege privilege, List<FileQuery> queries) {

		Question {
			queries = List.copyOf(queries);
		}

	}

	/**
	 * What was seen, and what it stands for.
	 *
	 * @param first when the same was seen for the first time
	 * @param read when the contents were read for the last time
	 */
	record Sight(Seen seen, Observation observation, long first, long read) {

		/** Contents that change without another time are written by a mapping. */
		private boolean isOf(Seen now, Observation observed) {
			return this.seen.equals(now) && this.observation.accounts().equals(observed.accounts())
					&& Objects.equals(this.observation.sshdConfig(), observed.sshdConfig());
		}

		/** What a clock may seem to be off by now and not before. */
		private static final Duration CLOCK_STAYS = Duration.ofSeconds(2);

		/**
		 * The same again, with the time of now; nothing where something changed. A clock
		 * that was set is looked at more closely.
		 * @param said the node's answer
		 * @param from when it was asked for, by Latchkey's clock
		 * @param until when it had come
		 */
		Optional<Observation> unlessChanged(List<String> said, Instant from, Instant until, String sshVersion) {
			if (!this.seen.isStill(said)) {
				return Optional.empty();
			}
			NodeFacts before = this.observation.facts();
			return Seen.Self.parse(said.get(1))
				.map((self) -> self.facts(from, until, sshVersion))
				.filter((facts) -> facts.uid() == before.uid() && facts.zone().equals(before.zone())
						&& facts.clockOffset().minus(before.clockOffset()).abs().compareTo(CLOCK_STAYS) <= 0)
				.map((facts) -> new Observation(facts, this.observation.accounts(), this.observation.sshdConfig()));
		}

	}

}
