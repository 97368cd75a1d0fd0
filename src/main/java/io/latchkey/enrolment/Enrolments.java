package io.latchkey.enrolment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.reconcile.CommitConfirm;
import io.latchkey.reconcile.Findings;
import io.latchkey.transport.AccountQuery;
import io.latchkey.transport.Algorithms;
import io.latchkey.transport.Endpoint;
import io.latchkey.transport.Login;
import io.latchkey.transport.NodeConnector;
import io.latchkey.transport.NodeConversation;
import io.latchkey.transport.NodeException;
import io.latchkey.transport.Observation;
import io.latchkey.transport.Secret;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings nodes under management. No transaction is open while a node is talked to.
 */
@Service
public class Enrolments {

	private static final int ROOT_UID = 0;

	private final Nodes nodes;

	private final NodeConnector connector;

	private final ManagementKeyInstaller installer;

	private final CommitConfirm commitConfirm;

	private final Findings findings;

	private final TransactionTemplate transaction;

	Enrolments(Nodes nodes, NodeConnector connector, ManagementKeyInstaller installer, CommitConfirm commitConfirm,
			Findings findings, TransactionTemplate transaction) {
		this.nodes = nodes;
		this.connector = connector;
		this.installer = installer;
		this.commitConfirm = commitConfirm;
		this.findings = findings;
		this.transaction = transaction;
	}

	/**
	 * Asks the node for its host keys.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(String node) {
		NoTransaction.require();
		Node found = this.nodes.get(node);
		return this.connector.hostKeysOf(found.address(), found.port(), Algorithms.of(found));
	}

	/**
	 * Confirms the host key, lets the management key in, tries it, pins the host key and
	 * marks the node as enrolled. Only the confirmed host key is pinned: of the others
	 * nobody said that they are the node's.
	 * @throws HostKeyUnconfirmedException when no fingerprint was given, or one that the
	 * node does not show
	 * @throws ManagementKeyRefusedException when the management key cannot be put there
	 * @throws NodeException when the conversation fails
	 */
	public Node enrol(String name, Enrolment enrolment) {
		NoTransaction.require();
		Node node = this.nodes.get(name);
		if (enrolment.method() == Enrolment.Method.PASSWORD
				&& (enrolment.password() == null || enrolment.password().length == 0)) {
			throw new InvalidInputException(Fault.of("password", "enrolment.password.missing"));
		}
		HostKey confirmed = confirm(node, enrolment);
		Endpoint endpoint = new Endpoint(node.address(), node.port(), List.of(confirmed), Algorithms.of(node));
		Login management = new Login(node.managementAccount(), node.privilege(), new Secret.ManagementKey());
		Optional<String> proved = (enrolment.method() == Enrolment.Method.PASSWORD)
				? this.installer.install(node, endpoint, firstLogin(node, enrolment), management) : Optional.empty();
		if (proved.isEmpty()) {
			tryManagementKey(node, endpoint, management);
		}
		this.transaction.executeWithoutResult((status) -> {
			this.nodes.pinHostKeys(node.id(), List.of(confirmed));
			this.nodes.markEnrolled(node.id());
			proved.ifPresent((file) -> this.commitConfirm.noteProved(node.id(), node.managementAccount(), file));
		});
		return this.nodes.get(name);
	}

	private HostKey confirm(Node node, Enrolment enrolment) {
		List<HostKey> shown = this.connector.hostKeysOf(node.address(), node.port(), Algorithms.of(node));
		if (enrolment.acceptHostKey() == null) {
			throw new HostKeyUnconfirmedException(node.name(), shown, HostKeyUnconfirmedException.Reason.NOT_GIVEN);
		}
		return shown.stream()
			.filter((key) -> key.key().fingerprint().equals(enrolment.acceptHostKey()))
			.findFirst()
			.orElseThrow(() -> new HostKeyUnconfirmedException(node.name(), shown,
					HostKeyUnconfirmedException.Reason.NOT_SHOWN));
	}

	/** For its own file an account needs no more than itself. */
	private static Login firstLogin(Node node, Enrolment enrolment) {
		String account = (enrolment.account() != null && !enrolment.account().isBlank()) ? enrolment.account()
				: node.managementAccount();
		Privilege privilege = (account.equals(node.managementAccount())) ? Privilege.SELF : Privilege.SUDO;
		if (account.equals("root") || (privilege == Privilege.SELF && node.privilege() == Privilege.ROOT)) {
			privilege = Privilege.ROOT;
		}
		return new Login(account, privilege, new Secret.Password(Objects.requireNonNull(enrolment.password())));
	}

	private void tryManagementKey(Node node, Endpoint endpoint, Login login) {
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, login)) {
			Observation observation = conversation.observe(List.of(new AccountQuery(node.managementAccount())));
			if (node.privilege() != Privilege.SELF && observation.facts().uid() != ROOT_UID) {
				throw new ManagementKeyRefusedException(
						this.findings.text("not-root", node.managementAccount(), node.name()));
			}
		}
	}

}
