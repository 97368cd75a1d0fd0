package io.latchkey.ssh;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.latchkey.ssh.Endpoint.Hop;
import org.jspecify.annotations.Nullable;

/**
 * What the sshd of each node may hold against Latchkey's address, estimated from what
 * Latchkey did there: so many seconds for each connection that came to no login
 * ({@code PerSourcePenalties}, sshd_config(5), on by default from OpenSSH 9.8). It passes
 * away with time. Holds so many places at the most; one that nothing is held against is
 * forgotten.
 */
final class Penalties {

	/** By sshd's defaults. */
	private static final Duration NO_LOGIN = Duration.ofSeconds(1);

	private static final Duration REFUSED = Duration.ofSeconds(5);

	private static final Duration CONNECTION_REFUSED = Duration.ofSeconds(10);

	/** Above this sshd turns the address away. */
	private static final Duration TURNS_AWAY = Duration.ofSeconds(15);

	/** What is left for those whom Latchkey knows nothing of, behind the same NAT. */
	private static final Duration SPARE = NO_LOGIN.multipliedBy(2);

	/** As many connections as a look at host keys takes at the most. */
	private static final Duration LOOK = NO_LOGIN.multipliedBy(3);

	static final int MOST_PLACES = 10_000;

	/** In {@link System#nanoTime()}, when nothing will be held any more. */
	private final Map<Place, Long> paidAt = new ConcurrentHashMap<>();

	/** The logins by keys of Latchkey's own that were let in the last time. */
	private final Set<Known> letIn = ConcurrentHashMap.newKeySet();

	private final LongSupplier nanoTime;

	/**
	 * @param nanoTime such as {@link System#nanoTime()}
	 */
	Penalties(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/** How long to wait before the node is asked for its host keys; zero mostly. */
	Duration beforeLook(Place place) {
		return wait(place, TURNS_AWAY.minus(SPARE).minus(LOOK));
	}

	/**
	 * How long to wait before a login by what a person typed, which may be wrong; zero
	 * mostly.
	 */
	Duration beforeTypedLogin(Place place) {
		return wait(place, TURNS_AWAY.minus(SPARE).minus(REFUSED));
	}

	/**
	 * How long to wait before a login by a key of Latchkey's own: none when it was let in
	 * the last time, and will be again.
	 */
	Duration beforeLogin(Place place, String login) {
		return this.letIn.contains(new Known(place, login)) ? Duration.ZERO : wait(place, TURNS_AWAY.minus(REFUSED));
	}

	/** There was a connection, and nobody logged in. */
	void noteLook(Place place, Handshake login) {
		if (login.mayBePenalised()) {
			add(place, NO_LOGIN);
		}
	}

	/** There was a connection, and it came to no login. */
	void note(Place place, Handshake login, NodeException failure) {
		if (login.mayBePenalised()) {
			cost(failure).ifPresent((cost) -> add(place, cost));
		}
	}

	/** There was a login by a key of Latchkey's own, and it failed. */
	void note(Place place, Handshake login, String key, NodeException failure) {
		this.letIn.remove(new Known(place, key));
		note(place, login, failure);
	}

	/** The login by a key of Latchkey's own was let in. */
	void noteLetIn(Place place, String login) {
		if (this.letIn.size() < MOST_PLACES) {
			this.letIn.add(new Known(place, login));
		}
	}

	private static Optional<Duration> cost(NodeException failure) {
		return switch (failure.kind()) {
			case NOT_LET_IN, MORE_ASKED -> Optional.of(REFUSED);
			case CLOSED_AT_LOGIN -> Optional.of(CONNECTION_REFUSED);
			case HOST_KEY_CHANGED, NO_COMMON_ALGORITHM, ONLY_LEGACY_ALGORITHM, METHOD_NOT_TAKEN, TIMED_OUT,
					TIMED_OUT_LET_IN, DISCONNECTED ->
				Optional.of(NO_LOGIN);
			default -> Optional.empty();
		};
	}

	private void add(Place place, Duration cost) {
		long now = this.nanoTime.getAsLong();
		if (this.paidAt.size() >= MOST_PLACES) {
			this.paidAt.values().removeIf((paidAt) -> paidAt - now <= 0);
		}
		if (this.paidAt.size() < MOST_PLACES || this.paidAt.containsKey(place)) {
			this.paidAt.compute(place,
					(key, paidAt) -> ((paidAt == null || paidAt - now <= 0) ? now : paidAt) + cost.toNanos());
		}
	}

	private Duration wait(Place place, Duration most) {
		Long paid = this.paidAt.get(place);
		Duration held = (paid != null) ? Duration.ofNanos(paid - this.nanoTime.getAsLong()) : Duration.ZERO;
		return (held.compareTo(most) > 0) ? held.minus(most) : Duration.ZERO;
	}

	/** A sshd; behind another hop, the same address is another. */
	record Place(String address, int port, @Nullable Hop hop) {

		static Place of(Endpoint endpoint) {
			return new Place(endpoint.address(), endpoint.port(), endpoint.hop());
		}

	}

	/** A login that was let in. */
	private record Known(Place place, String login) {

	}

}
