package io.latchkey.api.nodes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Wait;
import io.latchkey.delivery.Deliveries;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.foreignkeys.RemovedLines;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.data.domain.Page;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code EXCLUSIVE} took off a node, and the way back.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}/removed-lines")
@Tag(name = "Nodes")
class RemovedLinesController {

	private final RemovedLines lines;

	private final Nodes nodes;

	private final HeldKeys heldKeys;

	private final Deliveries deliveries;

	RemovedLinesController(RemovedLines lines, Nodes nodes, HeldKeys heldKeys, Deliveries deliveries) {
		this.lines = lines;
		this.nodes = nodes;
		this.heldKeys = heldKeys;
		this.deliveries = deliveries;
	}

	@GetMapping
	@Operation(summary = "What EXCLUSIVE took off, newest first; q is a part of the line or of the fingerprint")
	ListAnswer<RemovedLineAnswer> list(@PathVariable String name, ListQuery query) {
		Page<RemovedLine> page = this.lines.list(this.nodes.idOf(name), query.search(), query.unsorted());
		Map<Fingerprint, String> owners = owners(page.getContent());
		return ListAnswer.of(page, (line) -> answer(line, owners));
	}

	@PostMapping("/{id}/restore")
	@Operation(summary = "Put the line back on its account, byte for byte, and keep it there whatever the mode")
	RemovedLineAnswer restore(@PathVariable String name, @PathVariable String id, Wait wait) {
		return settled(name, this.lines.restore(name, RemovedLine.parseId(id)), wait);
	}

	@DeleteMapping("/{id}/restore")
	@Operation(summary = "Keep a restored line no longer; EXCLUSIVE takes it off again")
	RemovedLineAnswer letGo(@PathVariable String name, @PathVariable String id, Wait wait) {
		return settled(name, this.lines.letGo(name, RemovedLine.parseId(id)), wait);
	}

	private RemovedLineAnswer settled(String name, RemovedLine line, Wait wait) {
		wait.with((atMost) -> this.deliveries.awaitSettled(List.of(this.nodes.idOf(name)), atMost));
		return answer(line, owners(List.of(line)));
	}

	private Map<Fingerprint, String> owners(Collection<RemovedLine> lines) {
		return this.heldKeys.ownersOf(
				lines.stream().map(RemovedLine::fingerprint).filter(Objects::nonNull).collect(Collectors.toSet()));
	}

	private static RemovedLineAnswer answer(RemovedLine line, Map<Fingerprint, String> owners) {
		return RemovedLineAnswer.of(line, (line.fingerprint() != null) ? owners.get(line.fingerprint()) : null);
	}

}
