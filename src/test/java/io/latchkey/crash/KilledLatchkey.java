package io.latchkey.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import io.latchkey.Patience;
import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;
import io.latchkey.delivery.Deliveries;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.domain.PageRequest;

/**
 * The modules of Latchkey that keep records and reconcile, without pages and API, so that
 * it starts quickly. It does what its standard input tells it, one request a line, and
 * answers each on its standard output once its transaction is committed, as the API does
 * with a 2xx:
 *
 * <pre>
 * request = number " " word *( " " argument )
 * answer  = "ack " number " " result | "failed " number " " message
 * </pre>
 *
 * Not annotated as a configuration, so that no other application finds it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.latchkey")
@ConfigurationPropertiesScan("io.latchkey")
@ComponentScan(
		basePackages = { "io.latchkey.core", "io.latchkey.secrets", "io.latchkey.audit", "io.latchkey.identity",
				"io.latchkey.inventory", "io.latchkey.internode", "io.latchkey.grants", "io.latchkey.desired",
				"io.latchkey.ssh", "io.latchkey.managementkeys", "io.latchkey.conversation", "io.latchkey.nodestate",
				"io.latchkey.runs", "io.latchkey.internodefiles", "io.latchkey.foreignkeys", "io.latchkey.removal",
				"io.latchkey.delivery", "io.latchkey.leaving", "io.latchkey.logins", "io.latchkey.reconcile",
				"io.latchkey.enrolment" },
		excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Tests.*"))
public class KilledLatchkey {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));

	@Bean
	CurrentActor currentActor() {
		return () -> Actor.SYSTEM;
	}

	@Bean
	CommandLineRunner requests(Nodes nodes, Clusters clusters, Enrolments enrolments, Identities identities,
			Grants grants, Deliveries deliveries, NodeStates states, KeyRotations rotations) {
		return (arguments) -> new Requests(nodes, clusters, enrolments, identities, grants, deliveries, states,
				rotations)
			.answerAll();
	}

	/** Answers the requests, side by side. */
	private record Requests(Nodes nodes, Clusters clusters, Enrolments enrolments, Identities identities, Grants grants,
			Deliveries deliveries, NodeStates states, KeyRotations rotations) {

		void answerAll() throws IOException {
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			PrintStream out = System.out;
			ExecutorService threads = Executors.newFixedThreadPool(8);
			out.println("ready");
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String[] words = line.split(" ");
				threads.execute(() -> out.println(answer(words)));
			}
			// nobody is there any more who could kill it
			Runtime.getRuntime().halt(1);
		}

		private String answer(String[] words) {
			try {
				return "ack %s %s".formatted(words[0], result(words[1], words));
			}
			catch (RuntimeException ex) {
				return "failed %s %s".formatted(words[0], ex);
			}
		}

		private String result(String word, String[] words) {
			return switch (word) {
				case "node" -> addNode(words[2], words[3], Integer.parseInt(words[4]), words[5], words[6]);
				case "cluster" -> this.clusters.create(words[2], null, List.of(words).subList(3, words.length)).name();
				case "identity" -> addIdentity(words[2], Arrays.copyOfRange(words, 3, words.length));
				case "issue" -> issue(words[2], words[3], words[4]);
				case "revoke" -> revoke(Long.parseLong(words[2]));
				case "grants" -> activeGrants();
				case "settled" -> settledStates();
				case "rotate" -> rotate();
				case "unmoved" ->
					this.rotations.underWay().map((rotation) -> rotation.nodes().size()).orElse(0).toString();
				default -> throw new IllegalArgumentException("There is no word " + word);
			};
		}

		private String addNode(String name, String address, int port, String password, String hostKey) {
			this.nodes.create(new NodeDraft(name, address, port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
			this.enrolments.enrol(name,
					new Enrolment(new Secret.Password(password.toCharArray()), null, Fingerprint.parse(hostKey)));
			return name;
		}

		private String addIdentity(String name, String[] key) {
			this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
			this.identities.addKey(name, String.join(" ", key), null, null);
			return name;
		}

		private String issue(String identity, String cluster, String account) {
			return Long.toString(this.grants
				.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, identity),
						new Target(Target.Kind.CLUSTER, cluster), account, null, null, null, null, GrantOptions.NONE))
				.id()
				.value());
		}

		private String revoke(long grant) {
			this.grants.revoke(new GrantId(grant));
			return Long.toString(grant);
		}

		private String rotate() {
			this.rotations.start();
			return "started";
		}

		/** As {@code id:identity:account}, separated by blanks. */
		private String activeGrants() {
			return this.grants.list(new GrantQuery(null, null, GrantStatus.ACTIVE, null, null), PageRequest.of(0, 500))
				.map((grant) -> "%d:%s:%s".formatted(grant.id().value(), grant.subject().name(), grant.account()))
				.stream()
				.collect(Collectors.joining(" "));
		}

		/** Waits until all nodes are settled, and says how many are in which state. */
		private String settledStates() {
			this.deliveries.awaitAllSettled(PATIENCE);
			return this.states.counts()
				.entrySet()
				.stream()
				.filter((count) -> count.getValue() > 0)
				.map((count) -> count.getKey() + "=" + count.getValue())
				.collect(Collectors.joining(" "));
		}

	}

	/** What {@code settled} answers when all is well. */
	static String allInSync(int nodes) {
		return NodeState.IN_SYNC + "=" + nodes;
	}

}
