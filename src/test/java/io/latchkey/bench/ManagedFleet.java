package io.latchkey.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;
import tools.jackson.databind.JsonNode;

/**
 * The fleet under Latchkey's management: what a pipeline would call.
 */
final class ManagedFleet {

	private static final int ENROLMENTS_AT_ONCE = 8;

	private static final Duration CROWD_DEADLINE = Duration.ofMinutes(10);

	private final LatchkeyProcess latchkey;

	private final List<Place> places = new ArrayList<>();

	/** A node as Latchkey has it: a machine may stand for several. */
	private record Place(String name, String address, SshdNode machine) {

	}

	ManagedFleet(LatchkeyProcess latchkey, Fleet fleet, int addressesEach) {
		this.latchkey = latchkey;
		for (int each = 0; each < addressesEach; each++) {
			for (int i = 0; i < fleet.size(); i++) {
				SshdNode machine = fleet.nodes().get(i);
				this.places.add(new Place("node%d-%03d".formatted(each, i), machine.addresses().get(each), machine));
			}
		}
	}

	List<String> names() {
		return this.places.stream().map(Place::name).toList();
	}

	/** What lets it in. */
	String managementLine() {
		return this.latchkey.get("/management-key").at("/authorizedKeysLine").asString();
	}

	/** Adds and enrols all nodes, which let it in already. */
	void enrol() throws InterruptedException {
		Semaphore free = new Semaphore(ENROLMENTS_AT_ONCE);
		List<CompletableFuture<JsonNode>> enrolments = new ArrayList<>();
		Map<SshdNode, String> hostKeys = new java.util.concurrent.ConcurrentHashMap<>();
		for (Place place : this.places) {
			free.acquire();
			String hostKey = hostKeys.computeIfAbsent(place.machine(),
					(machine) -> machine.hostKeyFingerprints().get(0));
			enrolments.add(
					this.latchkey
						.postLater("/nodes",
								Map.of("name", place.name(), "address", place.address(), "port",
										place.machine().port()))
						.thenCompose((node) -> this.latchkey.postLater("/nodes/" + place.name() + "/enrol",
								Map.of("method", "KEY_INSTALLED", "acceptHostKey", hostKey)))
						.whenComplete((node, failure) -> free.release()));
		}
		enrolments.forEach(LatchkeyProcess::join);
	}

	void cluster(String name, List<String> nodes) {
		this.latchkey.post("/clusters", Map.of("name", name, "nodes", nodes));
	}

	void identity(String name, SshKeyPair key) {
		keylessIdentity(name);
		this.latchkey.post("/identities/" + name + "/keys", Map.of("publicKey", key.publicKey()));
	}

	/** Without a key: a grant to it is a record, and no line on a node. */
	void keylessIdentity(String name) {
		this.latchkey.post("/identities", Map.of("name", name, "kind", "PERSON"));
	}

	void team(String name, List<String> members) {
		this.latchkey.post("/teams", Map.of("name", name, "members", members));
	}

	/** Waits until it is delivered, and returns its answer. */
	JsonNode grant(String subject, String target, String account) {
		return this.latchkey.post("/grants?wait=PT2M",
				Map.of("subject", subject, "target", target, "account", account));
	}

	/** The same without waiting for any node. */
	void grantOnly(String subject, String target, String account) {
		this.latchkey.post("/grants", Map.of("subject", subject, "target", target, "account", account));
	}

	/** Waits, and it must have come to all nodes. */
	long grantToAll(String subject, String target, String account) {
		JsonNode grant = grant(subject, target, account);
		JsonNode delivery = grant.at("/delivery");
		if (delivery.at("/inPlace").asInt() != delivery.at("/nodes").size()) {
			throw new IllegalStateException("Not in place everywhere: " + delivery);
		}
		return grant.at("/id").asLong();
	}

	/** The same for more nodes than are served while a call may wait. */
	void grantToCrowd(String subject, String target, String account) throws InterruptedException {
		JsonNode grant = grant(subject, target, account);
		String path = "/grants/" + grant.at("/id").asLong();
		long deadline = System.nanoTime() + CROWD_DEADLINE.toNanos();
		while (grant.at("/delivery/inPlace").asInt() < this.places.size() && System.nanoTime() < deadline) {
			Thread.sleep(500);
			grant = this.latchkey.get(path);
		}
		if (grant.at("/delivery/inPlace").asInt() < this.places.size()) {
			throw new IllegalStateException("Not in place everywhere: " + grant);
		}
	}

	/** Revokes it and waits until it is gone everywhere. */
	void revoke(long grant) {
		JsonNode delivery = this.latchkey.delete("/grants/%d?wait=PT2M".formatted(grant)).at("/delivery");
		for (JsonNode node : delivery.at("/nodes")) {
			if (!"REMOVED".equals(node.at("/state").asString())) {
				throw new IllegalStateException("Not removed everywhere: " + node);
			}
		}
	}

	/** Has all nodes checked, and waits until they are. */
	void check() {
		IntStream.range(0, this.places.size())
			.mapToObj((i) -> this.latchkey.postLater("/nodes/" + this.places.get(i).name() + "/reconcile?wait=PT2M",
					Map.of()))
			.toList()
			.forEach(LatchkeyProcess::join);
	}

	/** A glance tells that all is the same once the contents were read twice. */
	void settle() {
		check();
		check();
	}

	/**
	 * Throws unless every node was looked at since, and is as it should be.
	 */
	void mustBeCheckedSince(Instant since) {
		for (JsonNode node : this.latchkey.list("/nodes")) {
			if (!"IN_SYNC".equals(node.at("/state").asString())
					|| Instant.parse(node.at("/lastCheckedAt").asString()).isBefore(since)) {
				throw new IllegalStateException("Not in sync since " + since + ": " + node);
			}
		}
	}

	/** Throws unless the last run of each node found nothing to do. */
	void mustBeUnchanged() {
		for (Place place : this.places) {
			String outcome = this.latchkey.get("/nodes/" + place.name() + "/runs?size=1")
				.at("/items/0/outcome")
				.asString();
			if (!"UNCHANGED".equals(outcome)) {
				throw new IllegalStateException("%s of a node that nobody touched: %s".formatted(outcome, place));
			}
		}
	}

	/** From then until the last of these nodes had it in place. */
	static Duration untilInPlace(JsonNode grant, Instant start, List<String> nodes) {
		Instant last = start;
		int inPlace = 0;
		for (JsonNode node : grant.at("/delivery/nodes")) {
			if (nodes.contains(node.at("/node").asString()) && "IN_PLACE".equals(node.at("/state").asString())) {
				Instant at = Instant.parse(node.at("/at").asString());
				last = at.isAfter(last) ? at : last;
				inPlace++;
			}
		}
		if (inPlace != nodes.size()) {
			throw new IllegalStateException("In place on %d of %d nodes: %s".formatted(inPlace, nodes.size(), grant));
		}
		return Duration.between(start, last);
	}

}
