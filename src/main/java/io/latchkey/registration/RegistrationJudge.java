package io.latchkey.registration;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.registration.RegistrationAnswer.Outcome;

import org.springframework.stereotype.Component;

/**
 * Says what a message comes to that a node sends with an enrolment token, as the records
 * are; changes nothing.
 */
@Component
class RegistrationJudge {

	private final RegistrationRepository repository;

	private final Nodes nodes;

	private final Clock clock;

	private final HostKeyPins pins;

	RegistrationJudge(RegistrationRepository repository, Nodes nodes, Clock clock, HostKeyPins pins) {
		this.repository = repository;
		this.nodes = nodes;
		this.clock = clock;
		this.pins = pins;
	}

	Judgement judge(EnrolmentToken token, RegistrationMessage message, String cameFrom, Nonce nonce) {
		return new Judgement(token, message, cameFrom, nonce);
	}

	/** What keeps one that waited from becoming a node now. */
	List<Fault> conflicts(Registration waiting) {
		List<Node> alike = this.pins.knownBy(waiting.said().hostKeys());
		if (!alike.isEmpty()) {
			return List.of(Fault.of("", "registration.cloned", alike.get(0).name()));
		}
		return conflicts(waiting.said().name(), waiting.said().address(), waiting.said().port());
	}

	private List<Fault> conflicts(String name, String address, int port) {
		if (this.nodes.find(name).isPresent()) {
			return List.of(Fault.of("name", "registration.name", name));
		}
		return this.nodes.at(address, port)
			.stream()
			.map((node) -> Fault.of("address", "registration.address", address, Integer.toString(port), node.name()))
			.toList();
	}

	static Fault fault(EnrolmentToken.State state) {
		String code = "enrolment-token." + state;
		return Fault.of("token", code);
	}

	static NodeDraft draft(EnrolmentToken token, String name, String address, int port) {
		return new NodeDraft(name, address, port, token.joining().managementAccount(), token.joining().privilege(),
				token.joining().mode(), token.joining().labels());
	}

	/** Whether what was signed is what was to be signed. */
	enum Nonce {

		GOOD, BAD

	}

	/** What a message comes to, as the records are. */
	final class Judgement {

		private final EnrolmentToken token;

		private final RegistrationMessage message;

		private final String cameFrom;

		private final Nonce nonce;

		/** Those that it proved; where it can prove none, all of them. */
		private final List<HostKey> keys;

		private final int proved;

		private final NodeDraft draft;

		private final List<Node> alike;

		private final RegistrationAnswer answer;

		private boolean isNew;

		private Judgement(EnrolmentToken token, RegistrationMessage message, String cameFrom, Nonce nonce) {
			this.token = token;
			this.message = message;
			this.cameFrom = cameFrom;
			this.nonce = nonce;
			List<HostKey> signedBy = (nonce == Nonce.GOOD) ? message.provedHostKeys() : List.of();
			this.proved = signedBy.size();
			this.keys = signedBy.isEmpty() ? message.hostKeys() : signedBy;
			this.draft = RegistrationJudge.draft(token, message.name(), NodeAddress.of(message, cameFrom),
					message.port());
			this.alike = RegistrationJudge.this.pins.knownBy(this.keys);
			this.answer = judge();
		}

		RegistrationAnswer answer() {
			return this.answer;
		}

		/** What it is to be as a node. */
		NodeDraft draft() {
			return this.draft;
		}

		/** What is to be pinned. */
		List<HostKey> keys() {
			return this.keys;
		}

		String cameFrom() {
			return this.cameFrom;
		}

		boolean isNew() {
			return this.isNew;
		}

		boolean isProved() {
			return this.proved > 0;
		}

		/**
		 * The token vouches for a new machine, not for another one in place of a former;
		 * and not for host keys that the machine does not prove to have.
		 */
		boolean needsApproval() {
			return this.token.joining().approval() || !isProved()
					|| !RegistrationJudge.this.pins.former(this.draft.name(), this.draft.address(), this.draft.port())
						.others(this.draft.name(), this.draft.address(), this.draft.port(), this.keys)
						.isEmpty();
		}

		/** The node that it is, where it is one. */
		Optional<Node> known() {
			Set<String> claims = this.message.claims(this.cameFrom);
			return this.alike.stream()
				.filter((node) -> this.alike.size() == 1 && node.name().equals(this.draft.name())
						&& claims.contains(node.route().address().toLowerCase(Locale.ROOT)))
				.findFirst();
		}

		private RegistrationAnswer judge() {
			EnrolmentToken.State state = this.token.stateAt(RegistrationJudge.this.clock.instant());
			if (state == EnrolmentToken.State.ENDED || state == EnrolmentToken.State.EXPIRED) {
				return refused(List.of(fault(state)));
			}
			if (this.nonce == Nonce.BAD) {
				return refused(List.of(Fault.of("", "registration.nonce")));
			}
			if (this.message.countSignatures() > this.proved) {
				return refused(List.of(Fault.of("", "registration.forged")));
			}
			List<Fault> faults = Nodes.faults(this.draft);
			if (!faults.isEmpty()) {
				return refused(faults);
			}
			if (known().isPresent()) {
				return RegistrationAnswer.of(Outcome.KNOWN, this.draft.name());
			}
			return decidedBefore().orElseGet(() -> judgeNew(state));
		}

		private Optional<RegistrationAnswer> decidedBefore() {
			Optional<Registration> waiting = alike(Registration.State.WAITING).stream().findFirst();
			if (waiting.isPresent()) {
				boolean itself = waiting.get().said().name().equals(this.draft.name()) && isOf(waiting.get());
				return waiting.map((one) -> itself ? RegistrationAnswer.of(Outcome.WAITING, one.said().name())
						: refused(List.of(Fault.of("", "registration.waits", one.said().name()))));
			}
			return alike(Registration.State.REFUSED).stream()
				.filter((refused) -> refused.tokenId().equals(this.token.id()) && isOf(refused))
				.findFirst()
				.map((refused) -> refused(List.of(Fault.of("", "registration.refused"))));
		}

		private boolean isOf(Registration registration) {
			return registration.said().hostKeys().stream().anyMatch(this.keys::contains);
		}

		private List<Registration> alike(Registration.State state) {
			return RegistrationJudge.this.repository.findAlike(state, this.keys, this.draft.name());
		}

		private RegistrationAnswer judgeNew(EnrolmentToken.State state) {
			if (!this.alike.isEmpty()) {
				return refused(List.of(Fault.of("", "registration.cloned", this.alike.get(0).name())));
			}
			List<Fault> conflicts = conflicts(this.draft.name(), this.draft.address(), this.draft.port());
			if (!conflicts.isEmpty()) {
				return refused(conflicts);
			}
			if (state == EnrolmentToken.State.USED_UP) {
				return refused(List.of(fault(state)));
			}
			this.isNew = true;
			return RegistrationAnswer.of(needsApproval() ? Outcome.WAITING : Outcome.ACCEPTED, this.draft.name());
		}

		private RegistrationAnswer refused(List<Fault> faults) {
			return RegistrationAnswer.refused(this.draft.name(), faults);
		}

	}

}
