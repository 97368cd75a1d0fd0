package io.latchkey.registration;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.inventory.FormerPins;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.registration.RegistrationAnswer.Outcome;
import io.latchkey.registration.RegistrationJudge.Judgement;
import io.latchkey.registration.RegistrationJudge.Nonce;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Nodes that register themselves with an enrolment token. A node is known again by its
 * host keys, its name and an address: a second time changes nothing. The host keys that
 * it proves to have are pinned, on the authority of the token; what is a node already is
 * never changed by a registration.
 */
@Service
public class Registrations {

	private static final String KIND = "registration";

	private final RegistrationRepository repository;

	private final EnrolmentTokenRepository tokens;

	private final EnrolmentNonceRepository nonces;

	private final RegisteredNodes registered;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final RegistrationJudge judge;

	private final HostKeyPins pins;

	Registrations(RegistrationRepository repository, EnrolmentTokenRepository tokens, EnrolmentNonceRepository nonces,
			RegisteredNodes registered, CurrentActor actor, ApplicationEventPublisher events, Clock clock,
			RegistrationJudge judge, HostKeyPins pins) {
		this.repository = repository;
		this.tokens = tokens;
		this.nonces = nonces;
		this.registered = registered;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
		this.judge = judge;
		this.pins = pins;
	}

	/**
	 * What whoever has the token needs to register with it. One that is used up is
	 * refused but to an address from which it was used: the script can be run again.
	 * @throws EnrolmentTokenRefusedException when there is none, or it has ended
	 */
	@Transactional
	public EnrolmentTerms termsFor(EnrolmentTokenText text, String cameFrom) {
		EnrolmentToken token = this.tokens.find(text).orElseThrow(EnrolmentTokenRefusedException::unknown);
		EnrolmentToken.State state = token.stateAt(this.clock.instant());
		if (state == EnrolmentToken.State.OPEN
				|| (state == EnrolmentToken.State.USED_UP && this.repository.existsFrom(cameFrom, token.id()))) {
			return new EnrolmentTerms(token, this.nonces.make(token.id()));
		}
		throw new EnrolmentTokenRefusedException(RegistrationJudge.fault(state));
	}

	/** What {@link #register} would answer; changes nothing. */
	@Transactional(readOnly = true)
	public RegistrationAnswer check(RegistrationMessage message, String cameFrom) {
		return this.tokens.find(message.token())
			.map((token) -> this.judge
				.judge(token, message, cameFrom,
						this.nonces.isGood(message.nonce(), token.id()) ? Nonce.GOOD : Nonce.BAD)
				.answer())
			.orElseGet(() -> unknown(message));
	}

	/**
	 * Takes a use of the token, and makes the node or a registration that waits; unless
	 * it is known already, or refused.
	 * @throws NameInUseException when another was made of that name at the same time
	 */
	@Transactional
	public RegistrationAnswer register(RegistrationMessage message, String cameFrom) {
		Optional<EnrolmentToken> token = this.tokens.lock(message.token());
		if (token.isEmpty()) {
			return unknown(message);
		}
		Judgement judgement = this.judge.judge(token.get(), message, cameFrom,
				this.nonces.redeem(message.nonce(), token.get().id()) ? Nonce.GOOD : Nonce.BAD);
		RegistrationAnswer answer = judgement.answer();
		if (answer.outcome() == Outcome.KNOWN) {
			judgement.known().filter((node) -> !node.enrolled()).ifPresent((node) -> this.registered.enrol(node.id()));
		}
		else if (judgement.isNew()) {
			accept(token.get(), judgement);
		}
		return answer;
	}

	/** Those that wait for somebody, the newest first. */
	@Transactional(readOnly = true)
	public List<Registration> list(Registration.State state) {
		return this.repository.findLatest(state);
	}

	/**
	 * By which other host keys the name or the address of each was known before, by id.
	 */
	@Transactional(readOnly = true)
	public Map<Long, List<FormerHostKeys>> formerOf(Collection<Registration> registrations) {
		FormerPins former = registrations.isEmpty() ? FormerPins.none() : this.pins.former();
		return registrations.stream()
			.collect(Collectors.toMap(Registration::id, (each) -> former.others(each.said().name(),
					each.said().address(), each.said().port(), each.said().hostKeys())));
	}

	@Transactional(readOnly = true)
	public int countWaiting() {
		return this.repository.count(Registration.State.WAITING);
	}

	/**
	 * Makes it a node, and lets Latchkey log in there. One that was approved before stays
	 * as it is.
	 * @throws NotFoundException when there is none
	 * @throws InvalidInputException when it was refused before, or is no longer possible
	 */
	@Transactional
	public Registration approve(long id) {
		Registration waiting = decidable(id, Registration.State.APPROVED);
		if (waiting.state() == Registration.State.APPROVED) {
			return waiting;
		}
		EnrolmentToken token = this.tokens.find(waiting.tokenId()).orElseThrow();
		List<Fault> faults = this.judge.conflicts(waiting);
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
		Node node = this.registered.add(token, waiting);
		return decide(waiting, Registration.State.APPROVED, node);
	}

	/**
	 * @throws NotFoundException when there is none
	 * @throws InvalidInputException when it was approved before
	 */
	@Transactional
	public Registration refuse(long id) {
		Registration waiting = decidable(id, Registration.State.REFUSED);
		return (waiting.state() == Registration.State.REFUSED) ? waiting
				: decide(waiting, Registration.State.REFUSED, null);
	}

	private Registration decidable(long id, Registration.State wanted) {
		Registration registration = this.repository.lock(id)
			.orElseThrow(() -> new NotFoundException(KIND, Long.toString(id)));
		if (registration.state() != Registration.State.WAITING && registration.state() != wanted) {
			throw new InvalidInputException(Fault.of("", "registration.decided", registration.said().name()));
		}
		return registration;
	}

	private Registration decide(Registration waiting, Registration.State state, @Nullable Node node) {
		Registration decided = waiting.decided(state, this.clock.instant(), this.actor.get().name(),
				(node != null) ? node.id() : null);
		this.repository.decide(decided);
		this.events.publishEvent(new RegistrationDecided(decided));
		return decided;
	}

	private void accept(EnrolmentToken token, Judgement judgement) {
		this.tokens.use(token.id());
		Instant now = this.clock.instant();
		boolean waits = judgement.needsApproval();
		Registration said = new Registration(0, token.id(),
				new Registration.Said(judgement.draft().name(), judgement.draft().address(), judgement.draft().port(),
						judgement.keys(), judgement.isProved(), judgement.cameFrom()),
				now, waits ? Registration.State.WAITING : Registration.State.APPROVED, waits ? null : now, null, null);
		if (!waits) {
			Node node = this.registered.add(token, said);
			said = said.decided(said.state(), now, null, node.id());
		}
		this.events.publishEvent(new NodeRegistered(this.repository.insert(said)));
	}

	private static RegistrationAnswer unknown(RegistrationMessage message) {
		return RegistrationAnswer.refused(message.name(), Fault.of("token", "enrolment-token.unknown"));
	}

}
