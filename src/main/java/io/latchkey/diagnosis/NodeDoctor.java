package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.core.CurrentActor;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.desired.DesiredStates;
import io.latchkey.grants.GrantReach;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;

import org.springframework.stereotype.Service;

/**
 * Finds out what keeps people from logging in to a node, whoever they are: for each
 * account to which something is granted there. Changes nothing.
 */
@Service
public class NodeDoctor {

	static final int MOST_ACCOUNTS = 20;

	/** After which no further account is begun. */
	private static final Duration LONGEST = Duration.ofSeconds(60);

	/** What nobody sees by a look at files may have changed meanwhile. */
	private static final Duration SAME_FOR = Duration.ofHours(1);

	private final DesiredStates desiredStates;

	private final LoginRecords records;

	private final NodeConnector connector;

	private final Doctor doctor;

	private final AccountSights sights;

	private final KeptDiagnoses kept;

	private final CurrentActor actor;

	private final Findings findings;

	private final Clock clock;

	NodeDoctor(DesiredStates desiredStates, LoginRecords records, NodeConnector connector, Doctor doctor,
			AccountSights sights, KeptDiagnoses kept, CurrentActor actor, Findings findings, Clock clock) {
		this.desiredStates = desiredStates;
		this.records = records;
		this.connector = connector;
		this.doctor = doctor;
		this.sights = sights;
		this.kept = kept;
		this.actor = actor;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Asks the node, by one conversation, and looks closely at each account.
	 * @throws InvalidInputException when the node is not enrolled
	 */
	public NodeDiagnosis diagnose(String nodeName) {
		NoTransaction.require();
		return diagnose(this.doctor.enrolled(nodeName), this.actor.get().name(), Map.of());
	}

	/**
	 * The same of one that is enrolled; but an account that was found well within the
	 * last hour is not looked into again where all that is seen of it is the same.
	 * @param asker who asked for it
	 */
	NodeDiagnosis diagnoseChanged(Node node, String asker) {
		return diagnose(node, asker, this.kept.well(node.id(), this.clock.instant().minus(SAME_FOR)));
	}

	private NodeDiagnosis diagnose(Node node, String asker, Map<String, KeptDiagnoses.Well> well) {
		List<String> accounts = accountsOf(node);
		if (accounts.isEmpty()) {
			return new NodeDiagnosis(node.name(), this.clock.instant(), true, null, List.of(), 0);
		}
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		AccountSights.Asked asked = this.sights.of(node.id(), accounts);
		try (NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node), login)) {
			Map<String, String> seen = asked.look(conversation);
			List<Diagnosis> diagnoses = diagnose(conversation, node, accounts, new Before(well, seen));
			this.kept.note(node.id(), diagnoses, asker, seen);
			return new NodeDiagnosis(node.name(), this.clock.instant(), true, null, diagnoses,
					accounts.size() - diagnoses.size());
		}
		catch (NodeException ex) {
			return new NodeDiagnosis(node.name(), this.clock.instant(), false, this.findings.of(ex), List.of(),
					accounts.size());
		}
	}

	/** What was found well before, and what is seen now. */
	private record Before(Map<String, KeptDiagnoses.Well> well, Map<String, String> seen) {

		Optional<KeptDiagnoses.Well> same(String account) {
			return Optional.ofNullable(this.well.get(account))
				.filter((before) -> before.seen().equals(this.seen.get(account)));
		}

	}

	/** An account may hold up the node, but not for longer than that. */
	private List<Diagnosis> diagnose(NodeConversation conversation, Node node, List<String> accounts, Before before) {
		Instant last = this.clock.instant().plus(LONGEST);
		List<Diagnosis> diagnoses = new ArrayList<>();
		for (String account : accounts) {
			if (diagnoses.size() == MOST_ACCOUNTS || this.clock.instant().isAfter(last)) {
				break;
			}
			diagnoses.add(before.same(account)
				.map((well) -> well.diagnosis(node.name(), account, this.clock.instant()))
				.orElseGet(() -> this.doctor
					.diagnosis(Doctor.gather(conversation, this.records.of(node, account, null)), null)));
		}
		return diagnoses;
	}

	private List<String> accountsOf(Node node) {
		if (node.management().privilege() == Privilege.SELF) {
			return List.of(node.management().account());
		}
		return this.desiredStates.recordsOf(node.id())
			.grants()
			.stream()
			.map(GrantReach::account)
			.distinct()
			.sorted()
			.toList();
	}

}
