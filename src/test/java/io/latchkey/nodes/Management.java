package io.latchkey.nodes;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.bench.LatchkeyProcess;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a pipeline would ask of Latchkey, and how it fails in words for the table.
 */
final class Management {

	/** What a removal is confirmed by, in the answer that asks for it. */
	private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([^\"]+)\"");

	private final LatchkeyProcess latchkey;

	private int identities;

	Management(LatchkeyProcess latchkey) {
		this.latchkey = latchkey;
	}

	/** A person with a key. */
	record Person(String name, SshKeyPair key) {

	}

	Person person() {
		Person person = new Person("person" + ++this.identities, SshKeys.generate());
		this.latchkey.post("/identities", Map.of("name", person.name(), "kind", "PERSON"));
		this.latchkey.post("/identities/" + person.name() + "/keys", Map.of("publicKey", person.key().publicKey()));
		return person;
	}

	/** The line that lets Latchkey in. */
	String line() {
		return this.latchkey.get("/management-key").at("/authorizedKeysLine").asString();
	}

	void add(RealNode node, String account, String privilege) {
		this.latchkey.post("/nodes", Map.of("name", node.name(), "address", node.address(), "port", node.port(),
				"managementAccount", account, "privilege", privilege));
	}

	void enrol(RealNode node, Map<String, String> how) {
		this.latchkey.post("/nodes/" + node.name() + "/enrol?wait=PT1M", how);
		check(node);
	}

	/** Takes it out of management, and what was put there off it. */
	void leave(RealNode node) {
		this.latchkey.delete("/nodes/" + node.name() + "?cleanup=true&wait=PT1M");
	}

	/** Checks the node now; it has to be in sync then. */
	JsonNode check(RealNode node) {
		JsonNode checked = this.latchkey.post("/nodes/" + node.name() + "/reconcile?wait=PT1M", Map.of());
		Shortfall.unless("IN_SYNC".equals(checked.at("/state").asString()), "%s: %s", checked.at("/state").asString(),
				checked.at("/stateDetail").asString());
		return checked;
	}

	/** Has to be in place then. */
	long grant(Person person, RealNode node, String account, @Nullable Instant end) {
		return grant(person, node, account, end, Map.of());
	}

	long grant(Person person, RealNode node, String account, @Nullable Instant end, Map<String, Object> options) {
		JsonNode grant = ask(person, node, account, end, options);
		JsonNode delivery = grant.at("/delivery/nodes/0");
		Shortfall.unless("IN_PLACE".equals(delivery.at("/state").asString()), "not in place but %s: %s",
				delivery.at("/state").asString(), delivery.at("/detail").asString());
		return grant.at("/id").asLong();
	}

	JsonNode ask(Person person, RealNode node, String account, @Nullable Instant end, Map<String, Object> options) {
		Map<String, Object> body = new HashMap<>(Map.of("subject", "identity:" + person.name(), "target",
				"node:" + node.name(), "account", account, "options", options));
		if (end != null) {
			body.put("expiresAt", end.toString());
		}
		return this.latchkey.post("/grants?wait=PT1M", body);
	}

	/** Has to be removed then. */
	void revoke(long grant) {
		revoke(grant, "");
	}

	/** The same with the sessions; returns what became of them. */
	String revokeWithSessions(long grant) {
		return revoke(grant, "&endSessions=true");
	}

	private String revoke(long grant, String how) {
		JsonNode delivery = this.latchkey.delete("/grants/%d?wait=PT1M%s".formatted(grant, how))
			.at("/delivery/nodes/0");
		Shortfall.unless("REMOVED".equals(delivery.at("/state").asString()), "not removed but %s: %s",
				delivery.at("/state").asString(), delivery.at("/detail").asString());
		return delivery.at("/detail").asString("");
	}

	/** What a test login as the account says of the person's key. */
	boolean accepts(RealNode node, String account, Person person) {
		JsonNode answer = this.latchkey.post(
				"/nodes/%s/accounts/%s/test-login?identity=%s".formatted(node.name(), account, person.name()),
				Map.of());
		Shortfall.unless(answer.at("/loggedIn").asBoolean(), "test login: %s", answer.at("/detail").asString());
		return answer.at("/keys/0/accepted").asBoolean();
	}

	/** The fingerprints of the keys that a test login says are taken. */
	Set<String> taken(RealNode node, String account) {
		Set<String> taken = new HashSet<>();
		this.latchkey.post("/nodes/%s/accounts/%s/test-login".formatted(node.name(), account), Map.of())
			.at("/keys")
			.forEach((key) -> {
				if (key.at("/accepted").asBoolean()) {
					taken.add(key.at("/fingerprint").asString());
				}
			});
		return taken;
	}

	JsonNode accounts(RealNode node) {
		return this.latchkey.get("/nodes/" + node.name() + "/accounts");
	}

	void cluster(String name, List<RealNode> nodes) {
		this.latchkey.post("/clusters", Map.of("name", name, "nodes", nodes.stream().map(RealNode::name).toList()));
	}

	void nodePairs(String cluster, String account) {
		this.latchkey.put("/clusters/" + cluster + "/inter-node?wait=PT1M",
				Map.of("strategy", "NODE_PAIRS", "account", account));
	}

	void noInterNodeKeys(String cluster) {
		String path = "/clusters/" + cluster + "/inter-node?wait=PT1M";
		try {
			this.latchkey.put(path, Map.of("strategy", "NONE"));
		}
		catch (IllegalStateException ex) {
			Matcher digest = DIGEST.matcher(String.valueOf(ex.getMessage()));
			if (!digest.find()) {
				throw ex;
			}
			this.latchkey.put(path + "&confirm=" + digest.group(1), Map.of("strategy", "NONE"));
		}
	}

	/** Throws with the first login from node to node that failed. */
	void mustReachEachOther(String cluster) {
		JsonNode trial = this.latchkey.post("/clusters/" + cluster + "/inter-node/test", Map.of());
		for (JsonNode attempt : trial.at("/attempts")) {
			Shortfall.unless(attempt.at("/succeeded").asBoolean(), "%s does not reach %s: %s",
					attempt.at("/from").asString(), attempt.at("/to").asString(), attempt.at("/detail").asString());
		}
		Shortfall.unless(trial.at("/tried").asInt() == 2, "%d logins were tried: %s", trial.at("/tried").asInt(),
				this.latchkey.get("/clusters/" + cluster + "/inter-node").at("/nodes").toString());
	}

	/** Makes it as if it were down. */
	void stop() {
		ProgramRun.of("kill", "-STOP", Long.toString(this.latchkey.pid())).orThrow();
	}

	void goOn() {
		ProgramRun.of("kill", "-CONT", Long.toString(this.latchkey.pid())).orThrow();
	}

}
