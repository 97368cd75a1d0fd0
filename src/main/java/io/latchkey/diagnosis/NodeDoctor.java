package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.desired.DesiredStates;
import io.latchkey.grants.GrantReach;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
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

	private final Nodes nodes;

	private final DesiredStates desiredStates;

	private final LoginRecords records;

	private final NodeConnector connector;

	private final Doctor doctor;

	private final Findings findings;

	private final Clock clock;

	NodeDoctor(Nodes nodes, DesiredStates desiredStates, LoginRecords records, NodeConnector connector, Doctor doctor,
			Findings findings, Clock clock) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.records = records;
		this.connector = connector;
		this.doctor = doctor;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Asks the node, by one conversation.
	 * @throws InvalidInputException when the node is not enrolled
	 */
	public NodeDiagnosis diagnose(String nodeName) {
		NoTransaction.require();
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		List<String> accounts = accountsOf(node);
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		try (NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node), login)) {
			List<Diagnosis> diagnoses = diagnose(conversation, node, accounts);
			return new NodeDiagnosis(node.name(), this.clock.instant(), true, null, diagnoses,
					accounts.size() - diagnoses.size());
		}
		catch (NodeException ex) {
			return new NodeDiagnosis(node.name(), this.clock.instant(), false, this.findings.of(ex), List.of(),
					accounts.size());
		}
	}

	/** An account may hold up the node, but not for longer than that. */
	private List<Diagnosis> diagnose(NodeConversation conversation, Node node, List<String> accounts) {
		Instant last = this.clock.instant().plus(LONGEST);
		List<Diagnosis> diagnoses = new ArrayList<>();
		for (String account : accounts) {
			if (diagnoses.size() == MOST_ACCOUNTS || this.clock.instant().isAfter(last)) {
				break;
			}
			LoginFacts facts = this.records.of(node, account, null);
			diagnoses.add(this.doctor.diagnosis(Doctor.gather(conversation, facts), null));
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
