package io.latchkey.api.nodes;

import java.util.List;
import java.util.Objects;

import io.latchkey.api.query.Parameter;
import io.latchkey.core.Faults;
import io.latchkey.enrolment.HostKeyComparison;
import io.latchkey.enrolment.HostKeys;
import io.latchkey.enrolment.HostKeys.HostNames;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import io.latchkey.openssh.Fingerprint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What nodes are known by.
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Nodes")
class HostKeysController {

	private final HostKeys hostKeys;

	HostKeysController(HostKeys hostKeys) {
		this.hostKeys = hostKeys;
	}

	@GetMapping("/nodes/{name}/host-keys")
	@Operation(summary = "The pinned host keys beside those that the node shows now; connects to it, and takes an "
			+ "OPERATOR")
	ComparisonAnswer compare(@PathVariable String name) {
		HostKeyComparison comparison = this.hostKeys.compare(name);
		return new ComparisonAnswer(fingerprints(comparison.node().hostKeys()), fingerprints(comparison.shown()),
				comparison.isChanged());
	}

	@PostMapping(path = "/nodes/{name}/host-keys", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Pin these in place of those before, after checking that they are the node's")
	PinnedAnswer accept(@PathVariable String name, @RequestBody AcceptRequest body) {
		Faults faults = new Faults();
		List<Fingerprint> accepted = Objects.requireNonNullElse(body.accept(), List.<String>of())
			.stream()
			.flatMap((text) -> faults.parsed("accept", text, Fingerprint::parse, "fingerprint.malformed").stream())
			.toList();
		faults.check();
		Node node = this.hostKeys.accept(name, accepted);
		return new PinnedAnswer(fingerprints(node.hostKeys()));
	}

	@GetMapping(path = "/known-hosts", produces = MediaType.TEXT_PLAIN_VALUE)
	@Operation(summary = "The pinned host keys as a known_hosts file")
	String knownHosts(@RequestParam(required = false) @Nullable String cluster,
			@RequestParam(required = false) @Nullable String hashed) {
		return this.hostKeys.knownHosts(cluster,
				Boolean.TRUE.equals(Parameter.flag("hashed", hashed)) ? HostNames.HASHED : HostNames.PLAIN);
	}

	private static List<String> fingerprints(List<HostKey> keys) {
		return keys.stream().map((key) -> key.key().fingerprint().value()).toList();
	}

	/**
	 * @param accept fingerprints that the node shows
	 */
	record AcceptRequest(@Nullable List<String> accept) {

	}

	/**
	 * @param changed whether none of the pinned ones is shown
	 */
	record ComparisonAnswer(List<String> pinned, List<String> shown, boolean changed) {

	}

	/**
	 * What is pinned now.
	 */
	record PinnedAnswer(List<String> pinned) {

	}

}
