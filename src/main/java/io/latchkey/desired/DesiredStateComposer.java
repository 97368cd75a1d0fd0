package io.latchkey.desired;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.latchkey.core.FreeText;
import io.latchkey.grants.GrantReach;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.UnreadableKey;
import io.latchkey.internode.MeshPart;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.KeyOptions;
import org.jspecify.annotations.Nullable;

/**
 * Composes the desired state of one node. Grants of the same key, account and options
 * make one line with the latest end. Lines of one key with different options stand side
 * by side, those that narrow nothing first, since the first line that lets in decides
 * (sshd(8)). The lines of a cluster's inter-node keys come last.
 */
class DesiredStateComposer {

	private final Instant now;

	private final Dialect dialect;

	private final Map<Slot, Claim> claims = new LinkedHashMap<>();

	private final List<WithheldGrant> withheld = new ArrayList<>();

	private @Nullable Instant boundary;

	DesiredStateComposer(Instant now, Dialect dialect) {
		this.now = now;
		this.dialect = dialect;
	}

	/**
	 * What was claimed.
	 * @param mesh what comes after it
	 */
	DesiredState compose(List<MeshPart> mesh) {
		SortedMap<String, List<DesiredLine>> accounts = new TreeMap<>();
		this.claims.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<Slot, Claim> entry) -> entry.getKey().options().length())
				.thenComparing((entry) -> entry.getValue().grants.first())
				.thenComparing((entry) -> entry.getKey().fingerprint().value()))
			.forEach((entry) -> accounts.computeIfAbsent(entry.getKey().account(), (account) -> new ArrayList<>())
				.add(entry.getValue().toLine(entry.getKey())));
		mesh.stream()
			.flatMap((part) -> part.lines().stream())
			.forEach((line) -> accounts.computeIfAbsent(line.account(), (account) -> new ArrayList<>())
				.add(new DesiredLine(line.text(), line.key().fingerprint(), line.holder(), Collections.emptySortedSet(),
						null)));
		return new DesiredState(accounts, List.copyOf(this.withheld), this.boundary);
	}

	/**
	 * @param keys those that the grant lets in
	 * @param unreadable those that it would let in if they could be read
	 */
	void claim(GrantReach grant, List<HeldKey> keys, List<UnreadableKey> unreadable) {
		if (this.now.isBefore(grant.startsAt())) {
			noteBoundary(grant.startsAt());
			return;
		}
		if (hasEnded(grant.expiresAt())) {
			return;
		}
		noteBoundary(grant.expiresAt());
		Optional<String> obstacle = OptionsRenderer.obstacleTo(grant.options())
			.or(() -> this.dialect.obstacleTo(grant.options()));
		if (obstacle.isPresent()) {
			withhold(grant, obstacle.get());
			return;
		}
		unreadable.forEach((key) -> withhold(grant, "The key %s of %s cannot be read as it is stored: add it anew"
			.formatted(key.fingerprint(), key.identityName())));
		KeyOptions options = OptionsRenderer.render(grant.options(), this.dialect);
		keys.forEach((key) -> claim(grant, options, key));
	}

	/** It says so itself, and takes nothing from the others. */
	private void withhold(GrantReach grant, String reason) {
		this.withheld.add(new WithheldGrant(grant.id(), grant.account(), reason));
	}

	private void claim(GrantReach grant, KeyOptions options, HeldKey held) {
		Instant keyEnd = held.key().expiresAt();
		if (hasEnded(keyEnd)) {
			return;
		}
		noteBoundary(keyEnd);
		Optional<String> obstacle = this.dialect.obstacleTo(text(options, held));
		if (obstacle.isPresent()) {
			this.withheld.add(new WithheldGrant(grant.id(), grant.account(), obstacle.get()));
			return;
		}
		Slot slot = new Slot(grant.account(), held.key().key().fingerprint(), options.render());
		this.claims.computeIfAbsent(slot, (key) -> new Claim(held, options))
			.add(grant.id().value(), earlier(grant.expiresAt(), keyEnd));
	}

	private static String text(KeyOptions options, HeldKey held) {
		// one that was stored before comments were checked may be of several lines
		String stored = FreeText.oneLine(held.key().comment());
		String comment = stored.isEmpty() ? held.identityName() : stored;
		return (options.isEmpty() ? "" : options.render() + " ") + held.key().key().render() + " " + comment;
	}

	private boolean hasEnded(@Nullable Instant end) {
		return end != null && !this.now.isBefore(end);
	}

	private void noteBoundary(@Nullable Instant instant) {
		if (instant != null) {
			this.boundary = earlier(this.boundary, instant);
		}
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

	/** Where a line belongs: claims of the same slot share it. */
	private record Slot(String account, Fingerprint fingerprint, String options) {

	}

	private final class Claim {

		private final HeldKey held;

		private final KeyOptions options;

		private final TreeSet<Long> grants = new TreeSet<>();

		private @Nullable Instant until;

		private boolean endless;

		Claim(HeldKey held, KeyOptions options) {
			this.held = held;
			this.options = options;
		}

		void add(long grant, @Nullable Instant end) {
			this.grants.add(grant);
			if (end == null) {
				this.endless = true;
			}
			else if (this.until == null || end.isAfter(this.until)) {
				this.until = end;
			}
		}

		DesiredLine toLine(Slot slot) {
			Instant end = this.endless ? null : this.until;
			KeyOptions all = (end == null) ? this.options
					: DesiredStateComposer.this.dialect.expiryTime(end)
						.map((time) -> this.options.with("expiry-time", time))
						.orElse(this.options);
			return new DesiredLine(text(all, this.held), slot.fingerprint(), this.held.identityName(), this.grants,
					end);
		}

	}

}
