package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.NodeRecords;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Logs in to a node afresh and says what a person should expect of a login. Changes
 * nothing.
 */
@Service
public class TestLogins {

	private static final int DEFAULT_PORT = 22;

	private final Nodes nodes;

	private final Identities identities;

	private final HeldKeys heldKeys;

	private final DesiredStates desiredStates;

	private final ManagementKeys managementKeys;

	private final NodeConnector connector;

	private final Findings findings;

	private final Clock clock;

	TestLogins(Nodes nodes, Identities identities, HeldKeys heldKeys, DesiredStates desiredStates,
			ManagementKeys managementKeys, NodeConnector connector, Findings findings, Clock clock) {
		this.nodes = nodes;
		this.identities = identities;
		this.heldKeys = heldKeys;
		this.desiredStates = desiredStates;
		this.managementKeys = managementKeys;
		this.connector = connector;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Tries it. A node that does not let Latchkey in is an answer and no exception.
	 * @param identity whose keys are asked for, or null for all that stand there or
	 * should
	 * @throws InvalidInputException when the account's name is none, or the node is not
	 * enrolled
	 */
	public TestLogin test(String nodeName, String account, @Nullable String identity) {
		NoTransaction.require();
		Node node = this.nodes.get(nodeName);
		AccountName.fault("account", account).ifPresent((fault) -> {
			throw new InvalidInputException(fault);
		});
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		Optional<Identity> who = Optional.ofNullable(identity).map(this.identities::get);
		if (node.management().privilege() == Privilege.SELF && !account.equals(node.management().account())) {
			return unseen(node, account, this.findings.text("test.self", account, node.management().account()));
		}
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		try (NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node), login)) {
			AccountLook look = AccountLook.at(conversation, account, this.findings);
			return new TestLogin(node.name(), account, this.clock.instant(),
					new TestLogin.Look(true, null, conversation.sshVersion()), look.files(), look.obstacles(),
					ssh(node, account), keys(node, account, who, look));
		}
		catch (NodeException ex) {
			return unseen(node, account, this.findings.of(ex));
		}
	}

	private TestLogin unseen(Node node, String account, String detail) {
		return new TestLogin(node.name(), account, this.clock.instant(), new TestLogin.Look(false, detail, null),
				List.of(), List.of(), ssh(node, account), List.of());
	}

	private static TestLogin.Ssh ssh(Node node, String account) {
		return new TestLogin.Ssh(command(node, account), AccountName.configuration(account, node.route().address()));
	}

	/** In words for a shell. */
	private static String command(Node node, String account) {
		String port = (node.route().port() != DEFAULT_PORT) ? "-p %d ".formatted(node.route().port()) : "";
		String jumps = node.route().jumps();
		return "ssh %s%s%s".formatted((jumps != null) ? "-J %s ".formatted(jumps) : "", port,
				AccountName.destination(account, node.route().address()));
	}

	private List<TestLogin.Key> keys(Node node, String account, Optional<Identity> who, AccountLook look) {
		NodeRecords records = this.desiredStates.recordsOf(node.id());
		List<GrantReach> grants = records.grants().stream().filter((grant) -> grant.account().equals(account)).toList();
		Map<Fingerprint, PublicKey> asked = new LinkedHashMap<>();
		Map<Fingerprint, String> names = new LinkedHashMap<>();
		who.ifPresentOrElse((identity) -> identity.keys().forEach((key) -> {
			asked.put(key.key().fingerprint(), key.key());
			names.put(key.key().fingerprint(), identity.name());
		}), () -> {
			asked.putAll(look.lines().keys());
			records.keys().values().forEach((held) -> held.forEach((key) -> {
				if (grants.stream().anyMatch((grant) -> isFor(grant, key.identity(), records))) {
					asked.putIfAbsent(key.key().key().fingerprint(), key.key().key());
				}
			}));
			names.putAll(this.heldKeys.ownersOf(asked.keySet()));
		});
		Map<String, IdentityId> ids = this.identities.idsByName(names.values());
		return asked.values()
			.stream()
			.map((key) -> key(key, names.get(key.fingerprint()), account, look,
					grants.stream()
						.filter((grant) -> isFor(grant, ids.get(names.get(key.fingerprint())), records))
						.map((grant) -> new TestLogin.Grant(grant.id().value(), grant.startsAt(), grant.expiresAt()))
						.toList()))
			.toList();
	}

	private TestLogin.Key key(PublicKey key, @Nullable String identity, String account, AccountLook look,
			List<TestLogin.Grant> grants) {
		Fingerprint fingerprint = key.fingerprint();
		List<TestLogin.Line> lines = look.lines().deciding(fingerprint);
		boolean accepted = look.takesKeys() && look.answered() && !lines.isEmpty();
		String whose = (identity == null && this.managementKeys.kindOf(key).isPresent())
				? this.findings.text("test.own") : identity;
		return new TestLogin.Key(fingerprint, key.algorithm(), whose, accepted,
				accepted ? limit(look.lines().addresses(fingerprint)) : obstacle(fingerprint, account, look, grants),
				lines, grants);
	}

	private @Nullable String limit(@Nullable String addresses) {
		return (addresses != null) ? this.findings.text("test.from", addresses) : null;
	}

	private String obstacle(Fingerprint key, String account, AccountLook look, List<TestLogin.Grant> grants) {
		Instant ended = look.lines().endedAt(key);
		if (!look.answered()) {
			return this.findings.text("test.unanswered");
		}
		if (!look.takesKeys()) {
			return this.findings.text("test.account");
		}
		Optional<LoginVerdict> refusal = look.lines().refusal(key);
		if (refusal.isPresent()) {
			return this.findings.text("test.refused", this.findings.of(refusal.get(), account, look.rules()));
		}
		String passedOver = look.lines().passedOver(key);
		if (passedOver != null) {
			return this.findings.text("test.passed-over", passedOver);
		}
		if (ended != null) {
			return this.findings.text("test.ended", ended);
		}
		boolean later = !grants.isEmpty()
				&& grants.stream().allMatch((grant) -> grant.startsAt().isAfter(this.clock.instant()));
		return later ? this.findings.text("test.later", account) : this.findings.text("test.no-line", account);
	}

	private static boolean isFor(GrantReach grant, @Nullable IdentityId identity, NodeRecords records) {
		if (identity == null) {
			return false;
		}
		return (grant.subjectKind() == Subject.Kind.IDENTITY) ? grant.subjectId() == identity.value()
				: records.members().getOrDefault(new TeamId(grant.subjectId()), Set.of()).contains(identity);
	}

}
