package io.latchkey.registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tokens with which nodes register themselves. Only hashes of their texts are kept.
 */
@Service
public class EnrolmentTokens {

	/** The most nodes that one token is for. */
	public static final int MOST_USES = 1000;

	private static final String KIND = "enrolment token";

	private static final String ROOT = "root";

	private final EnrolmentTokenRepository repository;

	private final Clusters clusters;

	private final EnrolmentProperties properties;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	EnrolmentTokens(EnrolmentTokenRepository repository, Clusters clusters, EnrolmentProperties properties,
			CurrentActor actor, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.clusters = clusters;
		this.properties = properties;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @throws InvalidInputException with all the faults
	 */
	@Transactional
	public MadeEnrolmentToken make(EnrolmentTokenDraft draft) {
		Instant now = this.clock.instant();
		String purpose = FreeText.trim(draft.purpose());
		check(draft, now);
		List<String> names = List.copyOf(new TreeSet<>(draft.clusters()));
		List<ClusterId> ids = names.stream().map(this.clusters::idOf).toList();
		EnrolmentTokenText text = EnrolmentTokenText.generate();
		EnrolmentToken token = new EnrolmentToken(EnrolmentTokenText.newId(), purpose,
				new EnrolmentToken.Joining(draft.managementAccount(), draft.privilege(), draft.mode(), names,
						draft.labels(), draft.approval()),
				draft.uses(), 0, now, this.actor.get().name(), draft.expiresAt().truncatedTo(ChronoUnit.MICROS), null);
		this.repository.insert(token, text.hash(), ids);
		this.events.publishEvent(new EnrolmentTokenMade(token));
		return new MadeEnrolmentToken(token, text);
	}

	/** The newest first. */
	@Transactional(readOnly = true)
	public List<EnrolmentToken> list() {
		return this.repository.findLatest();
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public EnrolmentToken get(String id) {
		return this.repository.find(id).orElseThrow(() -> new NotFoundException(KIND, id));
	}

	/**
	 * Nobody registers with it from now on; what waits for approval goes on waiting. One
	 * that has ended stays as it is.
	 * @throws NotFoundException when there is none
	 */
	@Transactional
	public void end(String id) {
		EnrolmentToken token = get(id);
		if (this.repository.end(id, this.clock.instant())) {
			this.events.publishEvent(new EnrolmentTokenEnded(token));
		}
	}

	private void check(EnrolmentTokenDraft draft, Instant now) {
		Faults faults = new Faults();
		faults.text("purpose", FreeText.trim(draft.purpose()));
		faults.addAll(Nodes.faults(new NodeDraft("node", "node", 22, draft.managementAccount(), draft.privilege(),
				draft.mode(), draft.labels())));
		if ((draft.privilege() == Privilege.ROOT) != ROOT.equals(draft.managementAccount())) {
			faults.add(Fault.of("privilege", "enrolment-token.privilege"));
		}
		if (draft.uses() < 1 || draft.uses() > MOST_USES) {
			faults.add(Fault.of("uses", "enrolment-token.uses", MOST_USES));
		}
		Duration longest = this.properties.longestToken();
		if (!draft.expiresAt().isAfter(now) || draft.expiresAt().isAfter(now.plus(longest))) {
			faults.add(Fault.of("expiresAt", "enrolment-token.expires", longest.toHours()));
		}
		Set<String> known = this.clusters.names();
		draft.clusters()
			.stream()
			.filter((name) -> !known.contains(name))
			.forEach((name) -> faults.add(Fault.of("clusters", "cluster.unknown", name)));
		faults.check();
	}

}
