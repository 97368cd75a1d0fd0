package io.latchkey.nodes;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.latchkey.Patience;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import tools.jackson.databind.JsonNode;

/**
 * What grants do; {@code ssh} is the judge.
 */
final class Granting {

	/** Long enough for the grant to be in place before it ends. */
	private static final Duration SHORT = Patience.of(Duration.ofSeconds(15));

	/** After that a grant whose end the server does not know has to be taken off. */
	private static final Duration REMOVAL = Patience.of(Duration.ofSeconds(10));

	private Granting() {
	}

	static String grantAndRevoke(Place place) {
		Management.Person person = place.management().person();
		for (String account : List.of("alice", "root")) {
			place.mustRefuse(account, person, "before");
			long grant = place.management().grant(person, place.node(), account, null);
			place.mustLetIn(account, person, "granted");
			place.management().revoke(grant);
			place.mustRefuse(account, person, "revoked");
		}
		return "";
	}

	static String foreignLinesStay(Place place) {
		RealNode node = place.node();
		SshKeyPair foreign = SshKeys.generate();
		String content = "# by hand\n\n%s\ncommand=\"echo \\\"a b\\\"\" %s\nnot a key\n%s"
			.formatted(foreign.publicKey(), SshKeys.generate().publicKey(), SshKeys.generate().publicKey());
		node.authorize("deploy", content);
		Management.Person person = place.management().person();
		long grant = place.management().grant(person, node, "deploy", null);
		place.mustLetIn("deploy", person, "granted beside foreign lines");
		Shortfall.unless(node.judge().letsIn("deploy", foreign), "a foreign key is no longer let in");
		Shortfall.unless(node.authorized("deploy").startsWith(content), "foreign lines changed");
		place.management().revoke(grant);
		place.mustRefuse("deploy", person, "revoked beside foreign lines");
		Shortfall.unless(node.judge().letsIn("deploy", foreign), "a foreign key is no longer let in");
		Shortfall.unless(node.authorized("deploy").strip().equals(content), "foreign lines changed");
		return "";
	}

	static String driftIsMended(Place place) {
		RealNode node = place.node();
		Management.Person person = place.management().person();
		long grant = place.management().grant(person, node, "alice", null);
		node.authorize("alice", "# all gone\n");
		place.mustRefuse("alice", person, "removed by hand");
		place.management().check(node);
		place.mustLetIn("alice", person, "mended");
		Shortfall.unless(node.authorized("alice").startsWith("# all gone\n"), "a foreign line went");
		place.management().revoke(grant);
		place.mustRefuse("alice", person, "revoked after drift");
		return "";
	}

	/** Latchkey stands still meanwhile, where the server knows the end by itself. */
	static String expiresToTheSecond(Place place) {
		Management.Person person = place.management().person();
		Instant end = Instant.now().plus(SHORT).truncatedTo(ChronoUnit.SECONDS);
		place.management().grant(person, place.node(), "alice", end);
		place.mustLetIn("alice", person, "granted for a while");
		if (!place.isSshd()) {
			while (letsIn(place, person)) {
				Shortfall.unless(Instant.now().isBefore(end.plus(REMOVAL)), "still let in %s after the end", REMOVAL);
			}
			return "by removal";
		}
		place.management().stop();
		try {
			boolean refused = false;
			while (!refused || Instant.now().isBefore(end.plusSeconds(1))) {
				Instant begun = Instant.now();
				refused = !letsIn(place, person);
				Instant done = Instant.now();
				Shortfall.unless(!refused || !done.isBefore(end), "refused %s before the end",
						Duration.between(done, end));
				Shortfall.unless(refused || begun.isBefore(end), "let in %s after the end",
						Duration.between(end, begun));
				LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
			}
			return "";
		}
		finally {
			place.management().goOn();
		}
	}

	private static boolean letsIn(Place place, Management.Person person) {
		return place.letsIn("alice", person);
	}

	/**
	 * A command with quotes and blanks is run as it was meant, or its grant is withheld.
	 */
	static String optionsAreKept(Place place) {
		Management.Person person = place.management().person();
		place.mustKeep(person, Map.of("restrict", true, "command", "printf '%s' plain"), "plain");
		JsonNode quoted = place.management()
			.ask(person, place.node(), "alice", null, Map.of("command", "printf %s \"two words\""));
		JsonNode delivery = quoted.at("/delivery/nodes/0");
		if ("IN_PLACE".equals(delivery.at("/state").asString())) {
			ProgramRun run = place.node().judge().run("alice", person.key().privateKey(), "id");
			Shortfall.unless(run.output().equals("two words"), "the command with quotes ran as: %s%s", run.output(),
					run.errorOutput());
		}
		else {
			Shortfall.unless(!place.isSshd(), "the command with quotes: %s", delivery);
			place.mustRefuse("alice", person, "withheld");
		}
		place.management().revoke(quoted.at("/id").asLong());
		return "";
	}

	/** What is told of a line is what becomes of it, however many stand before it. */
	static String longFile(Place place) {
		RealNode node = place.node();
		SshKeyPair foreign = SshKeys.generate();
		node.authorize("deploy", "# one of many\n".repeat(298) + foreign.publicKey() + "\n");
		Management.Person first = place.management().person();
		long grant = place.management().grant(first, node, "deploy", null);
		place.mustLetIn("deploy", first, "the 300th line");
		Management.Person second = place.management().person();
		JsonNode further = place.management().ask(second, node, "deploy", null, Map.of());
		JsonNode delivery = further.at("/delivery/nodes/0");
		boolean isTold = "IN_PLACE".equals(delivery.at("/state").asString());
		boolean letsIn = place.letsIn("deploy", second);
		Shortfall.unless(isTold == letsIn, "the 301st line lets in: %s, and it is told: %s", letsIn, delivery);
		Shortfall.unless(node.judge().letsIn("deploy", foreign), "a foreign key is no longer let in");
		place.mustLetIn("deploy", first, "the 300th line");
		place.management().revoke(grant);
		place.management().revoke(further.at("/id").asLong());
		node.authorize("deploy", "");
		return isTold ? "" : "300 lines, which is said";
	}

	/**
	 * Other files than the usual one, and conditions that look alike to who asks sshd.
	 */
	static String otherKeyFiles(Place place) {
		if (!place.isSshd()) {
			return "it knows one file only";
		}
		RealNode node = place.node();
		Management.Person person = place.management().person();
		node.run("mkdir -p -m 755 /etc/ssh/keys /etc/ssh/own/alice; chown alice /etc/ssh/own/alice").orThrow();
		String own = "AuthorizedKeysFile /etc/ssh/own/%u/keys";
		try {
			node.serveSshd(RealNode.Log.AUTHLOG, "Match User alice", own);
			place.mustGrantAndRevoke(person, own);
			node.serveSshd(RealNode.Log.AUTHLOG, "Match LocalPort 1", "PermitTTY no", "Match User alice", own);
			place.mustGrantAndRevoke(person, "with Match LocalPort");
			node.serveSshd(RealNode.Log.AUTHLOG, "Match LocalAddress " + node.address(),
					"AuthorizedKeysFile .ssh/here /etc/ssh/management");
			node.run("cat /root/.ssh/authorized_keys >/etc/ssh/management").orThrow();
			place.mustGrantAndRevoke(person, "with Match LocalAddress");
			// a folder of root's, where an account may not write
			node.serveSshd(RealNode.Log.AUTHLOG, "Match User alice", "AuthorizedKeysFile /etc/ssh/keys/%u");
			place.mustTellTheTruth(person, "AuthorizedKeysFile /etc/ssh/keys/%u");
		}
		finally {
			node.serveSshd(RealNode.Log.AUTHLOG);
		}
		SshKeyPair second = SshKeys.generate();
		node.authorize("deploy", "");
		node.run("install -m 600 -o deploy /dev/stdin ~deploy/.ssh/authorized_keys2 <<E\n%s\nE\n"
			.formatted(second.publicKey())).orThrow();
		long grant = place.management().grant(person, node, "deploy", null);
		boolean seen = place.management().accounts(node).toString().contains(second.fingerprint());
		place.management().revoke(grant);
		Shortfall.unless(node.judge().letsIn("deploy", second), "authorized_keys2 does not let in");
		Shortfall.unless(seen, "a key in authorized_keys2 lets in and is not seen");
		return "";
	}

	static String testLogin(Place place) {
		Management.Person person = place.management().person();
		long grant = place.management().grant(person, place.node(), "alice", null);
		Shortfall.unless(place.management().accepts(place.node(), "alice", person), "granted, and not accepted");
		place.management().revoke(grant);
		Shortfall.unless(!place.management().accepts(place.node(), "alice", person), "revoked, and accepted");
		List<String> lines = List.of("", "no-pty ", "restrict ", "expiry-time=\"20990101\" ",
				"expiry-time=\"20200101\" ", "command=\"echo 'a b'\" ", "command=\"echo \\\"a b\\\"\" ",
				"unknown-option ", "expiry-time=\"20990101Z\" ", "expiry-time=\"soon\" ");
		List<SshKeyPair> keys = lines.stream().map((line) -> SshKeys.generate()).toList();
		StringBuilder content = new StringBuilder();
		for (int i = 0; i < lines.size(); i++) {
			content.append(lines.get(i)).append(keys.get(i).publicKey()).append('\n');
		}
		place.node().authorize("deploy", content.toString());
		Set<String> taken = place.management().taken(place.node(), "deploy");
		for (int i = 0; i < lines.size(); i++) {
			boolean letsIn = place.node().judge().letsIn("deploy", keys.get(i));
			Shortfall.unless(letsIn == taken.contains(keys.get(i).fingerprint()),
					"a key with the options %s: let in %s", lines.get(i), letsIn);
		}
		place.node().authorize("deploy", "");
		return "";
	}

}
