package io.latchkey.enrolment;

import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.FormerHostKeysException;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.SshConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;

/**
 * Brings nodes under management. No transaction is open while a node is talked to.
 */
@Service
public class Enrolments {

	private static final Logger log = LoggerFactory.getLogger(Enrolments.class);

	private static final int ROOT_UID = 0;

	private final Nodes nodes;

	private final SshConnections connections;

	private final NodeConnector connector;

	private final ManagementKeyInstaller installer;

	private final ManagementKeys managementKeys;

	private final Findings findings;

	private final EnrolmentRecorder recorder;

	private final CurrentActor actor;

	private final HostKeyPins pins;

	Enrolments(Nodes nodes, SshConnections connections, NodeConnector connector, ManagementKeyInstaller installer,
			ManagementKeys managementKeys, Findings findings, EnrolmentRecorder recorder, CurrentActor actor,
			HostKeyPins pins) {
		this.nodes = nodes;
		this.connections = connections;
		this.connector = connector;
		this.installer = installer;
		this.managementKeys = managementKeys;
		this.findings = findings;
		this.recorder = recorder;
		this.actor = actor;
		this.pins = pins;
	}

	/**
	 * Asks the node for its host keys.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(String node) {
		NoTransaction.require();
		return this.connections.hostKeysOf(this.nodes.get(node));
	}

	/**
	 * The host keys that the node showed within the last minute, or shows now.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> recentHostKeysOf(String node) {
		NoTransaction.require();
		return this.connections.recentHostKeysOf(this.nodes.get(node));
	}

	/**
	 * Only an admin may let a host key be pinned in place of others: the node may be
	 * another machine.
	 * @throws AccessDeniedException when the enrolment does so, and the actor is none
	 */
	public void checkMayReplacePins(String name, Enrolment enrolment) {
		List<HostKey> pinned = this.nodes.get(name).hostKeys();
		boolean replaced = enrolment.acceptHostKey() != null && !pinned.isEmpty()
				&& pinned.stream().noneMatch((key) -> key.key().fingerprint().equals(enrolment.acceptHostKey()));
		if (replaced && !this.actor.mayAdminister()) {
			throw new AccessDeniedException("Another host key is accepted by an admin only");
		}
	}

	/**
	 * Confirms the host key, lets the management key in, tries it, pins the host key and
	 * marks the node as enrolled. Of the other host keys those are pinned that the node
	 * itself, known by the confirmed one, proves to have. Where host keys are pinned
	 * already, they are the confirmed ones unless another is.
	 * @throws HostKeyUnconfirmedException when no fingerprint was given, or one that the
	 * node does not show
	 * @throws FormerHostKeysException when the name or the address was known by others,
	 * and the actor is no admin
	 * @throws ManagementKeyRefusedException when the management key cannot be put there
	 * @throws NodeException when the conversation fails
	 */
	public Node enrol(String name, Enrolment enrolment) {
		NoTransaction.require();
		Node node = this.nodes.get(name);
		check(enrolment.secret());
		List<HostKey> confirmed = confirm(node, enrolment);
		this.pins.checkMayPin(node, confirmed);
		Endpoint endpoint = Endpoint.of(node, confirmed);
		try {
			return enrol(node, endpoint, enrolment);
		}
		catch (NodeException.HostKeyChanged ex) {
			throw unconfirmed(node, this.connections.hostKeysOf(node), enrolment);
		}
	}

	private Node enrol(Node node, Endpoint endpoint, Enrolment enrolment) {
		ManagementKeyInstaller.Installed installed = (enrolment.secret() instanceof Secret.ManagementKey)
				? new ManagementKeyInstaller.Installed(node.management().key(), Optional.empty())
				: this.installer.install(node, endpoint, firstLogin(node, enrolment));
		Optional<String> proved = installed.proved();
		Login management = login(node.by(installed.kind()));
		ManagementKeyKind kind = proved.isPresent() ? installed.kind()
				: tryManagementKey(node, endpoint, management).orElse(installed.kind());
		List<HostKey> vouched = vouched(endpoint, login(node.by(kind)));
		this.recorder.record(node, kind, vouched, proved);
		return this.nodes.get(node.name());
	}

	/**
	 * @throws InvalidInputException when nobody can be let in by it
	 */
	static void check(Secret secret) {
		if (secret instanceof Secret.Password password && password.value().length == 0) {
			throw new InvalidInputException(Fault.of("password", "enrolment.password.missing"));
		}
		if (secret instanceof Secret.PrivateKey privateKey) {
			switch (privateKey.usability()) {
				case USABLE -> {
				}
				case PASSPHRASE_MISSING ->
					throw new InvalidInputException(Fault.of("passphrase", "private-key.passphrase.missing"));
				case PASSPHRASE_WRONG ->
					throw new InvalidInputException(Fault.of("passphrase", "private-key.passphrase.wrong"));
				case UNREADABLE -> throw new InvalidInputException(Fault.of("privateKey", "private-key.unreadable"));
			}
		}
	}

	/**
	 * The login that follows proves them; so the node is asked only for what is not known
	 * from a moment ago.
	 */
	private List<HostKey> confirm(Node node, Enrolment enrolment) {
		Fingerprint accepted = enrolment.acceptHostKey();
		if (accepted == null && !node.hostKeys().isEmpty()) {
			return node.hostKeys();
		}
		return ofFingerprint(node.hostKeys(), accepted)
			.or(() -> ofFingerprint(this.connections.recentHostKeysOf(node), accepted))
			.orElseGet(() -> {
				List<HostKey> shown = (accepted != null) ? this.connections.hostKeysOf(node)
						: this.connections.recentHostKeysOf(node);
				return ofFingerprint(shown, accepted).orElseThrow(() -> unconfirmed(node, shown, enrolment));
			});
	}

	private static Optional<List<HostKey>> ofFingerprint(List<HostKey> keys, @Nullable Fingerprint accepted) {
		return keys.stream().filter((key) -> key.key().fingerprint().equals(accepted)).findFirst().map(List::of);
	}

	private static HostKeyUnconfirmedException unconfirmed(Node node, List<HostKey> shown, Enrolment enrolment) {
		return new HostKeyUnconfirmedException(node.name(), shown, (enrolment.acceptHostKey() != null)
				? HostKeyUnconfirmedException.Reason.NOT_SHOWN : HostKeyUnconfirmedException.Reason.NOT_GIVEN);
	}

	/** The first run asks again where it cannot be asked here. */
	private List<HostKey> vouched(Endpoint endpoint, Login management) {
		try (NodeConversation conversation = this.connector.connect(endpoint, management)) {
			return conversation.ask(new VouchForHostKeys()).renew(endpoint.hostKeys());
		}
		catch (NodeException ex) {
			log.debug("Host keys that were not vouched for", ex);
			return endpoint.hostKeys();
		}
	}

	/** For its own file an account needs no more than itself. */
	private static Login firstLogin(Node node, Enrolment enrolment) {
		String account = (enrolment.account() != null && !enrolment.account().isBlank()) ? enrolment.account()
				: node.management().account();
		Privilege privilege = (account.equals(node.management().account())) ? Privilege.SELF : Privilege.SUDO;
		if (account.equals("root")
				|| (privilege == Privilege.SELF && node.management().privilege() == Privilege.ROOT)) {
			privilege = Privilege.ROOT;
		}
		return new Login(account, privilege, enrolment.secret());
	}

	private static Login login(Node node) {
		return new Login(node.management().account(), node.management().privilege(), Secret.ManagementKey.of(node));
	}

	/** Which of Latchkey's own keys the node takes. */
	private Optional<ManagementKeyKind> tryManagementKey(Node node, Endpoint endpoint, Login login) {
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, login)) {
			Observation observation = conversation
				.ask(new ObserveFiles(List.of(new FileQuery(node.management().account()))));
			if (node.management().privilege() != Privilege.SELF && observation.facts().uid() != ROOT_UID) {
				throw new ManagementKeyRefusedException(
						this.findings.text("not-root", node.management().account(), node.name()));
			}
			return conversation.letInBy().flatMap(this.managementKeys::kindOf);
		}
	}

}
