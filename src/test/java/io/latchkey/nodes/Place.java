package io.latchkey.nodes;

import java.io.IOException;
import java.util.Map;

import io.latchkey.sshd.ProgramRun;
import tools.jackson.databind.JsonNode;

/**
 * Where a job is done: the node of a row under Latchkey's management.
 *
 * @param another starts another node of the same kind, which is not yet managed
 */
record Place(NodeKind kind, RealNode node, Management management, Starting another) {

	/** Starts a node. */
	@FunctionalInterface
	interface Starting {

		RealNode start() throws IOException;

	}

	boolean isSshd() {
		return this.kind.server() == NodeKind.Server.SSHD;
	}

	/** Lets Latchkey in as root and enrols the node. */
	static void enrolByKey(NodeKind kind, RealNode node, Management management) {
		node.authorize("root", management.line() + "\n");
		management.add(node, "root", "ROOT");
		management.enrol(node, Map.of("method", "KEY_INSTALLED", "acceptHostKey", node.hostKey(kind.server())));
	}

	/** Whether the account lets in the person, in the eyes of {@code ssh}. */
	boolean letsIn(String account, Management.Person person) {
		return this.node.judge().letsIn(account, person.key());
	}

	void mustLetIn(String account, Management.Person person, String when) {
		Shortfall.unless(letsIn(account, person), "%s: ssh as %s was refused", when, account);
	}

	void mustRefuse(String account, Management.Person person, String when) {
		Shortfall.unless(!letsIn(account, person), "%s: ssh as %s was let in", when, account);
	}

	void mustGrantAndRevoke(Management.Person person, String where) {
		long grant = this.management.grant(person, this.node, "alice", null);
		mustLetIn("alice", person, where);
		this.management.revoke(grant);
		mustRefuse("alice", person, where);
	}

	/** Whether it is said to be in place is whether it lets in. */
	void mustTellTheTruth(Management.Person person, String where) {
		JsonNode grant = this.management.ask(person, this.node, "alice", null, Map.of());
		JsonNode delivery = grant.at("/delivery/nodes/0");
		boolean isTold = "IN_PLACE".equals(delivery.at("/state").asString());
		boolean letsIn = letsIn("alice", person);
		Shortfall.unless(isTold == letsIn, "%s: lets in: %s, and it is told: %s", where, letsIn, delivery);
		this.management.revoke(grant.at("/id").asLong());
		mustRefuse("alice", person, where);
	}

	/** The command of these options is what runs, and prints that. */
	void mustKeep(Management.Person person, Map<String, Object> options, String printed) {
		long grant = this.management.grant(person, this.node, "alice", null, options);
		ProgramRun run = this.node.judge().run("alice", person.key().privateKey(), "id");
		Shortfall.unless(run.output().equals(printed), "the command ran as: %s%s", run.output(), run.errorOutput());
		this.management.revoke(grant);
	}

}
