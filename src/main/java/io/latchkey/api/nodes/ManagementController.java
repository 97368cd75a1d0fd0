package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.delivery.Deliveries;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.leaving.Leavings;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.Reconciler;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * How a node comes under management, what is there, and how it leaves.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}")
@Tag(name = "Nodes")
class ManagementController {

	private final Nodes nodes;

	private final NodeStates states;

	private final Enrolments enrolments;

	private final Reconciler reconciler;

	private final Deliveries deliveries;

	private final Leavings leavings;

	ManagementController(Nodes nodes, NodeStates states, Enrolments enrolments, Reconciler reconciler,
			Deliveries deliveries, Leavings leavings) {
		this.nodes = nodes;
		this.states = states;
		this.enrolments = enrolments;
		this.reconciler = reconciler;
		this.deliveries = deliveries;
		this.leavings = leavings;
	}

	@PostMapping(path = "/enrol", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Let Latchkey in: confirm the host key, install its key, try it")
	NodeAnswer enrol(@PathVariable String name, @RequestBody EnrolmentRequest body, Wait wait) {
		Enrolment enrolment = body.toEnrolment();
		this.enrolments.checkMayReplacePins(name, enrolment);
		Node enrolled = this.enrolments.enrol(name, enrolment);
		wait.with((atMost) -> this.deliveries.awaitSettled(List.of(enrolled.id()), atMost));
		return answer(name);
	}

	@PostMapping("/reconcile")
	@Operation(summary = "Check and converge now")
	NodeAnswer reconcile(@PathVariable String name, Wait wait) {
		Node node = this.nodes.get(name);
		this.reconciler.checkNow(node.id());
		wait.with((atMost) -> this.deliveries.awaitSettled(List.of(node.id()), atMost));
		return answer(name);
	}

	@GetMapping("/accounts")
	@Operation(summary = "What each account's file holds, as last observed")
	List<AccountAnswer> accounts(@PathVariable String name) {
		NodeId node = this.nodes.get(name).id();
		Instant asOf = this.states.of(node).asOf();
		return this.states.accounts(node).stream().map((account) -> AccountAnswer.of(account, asOf)).toList();
	}

	@GetMapping("/runs")
	@Operation(summary = "Past reconciliations, newest first")
	ListAnswer<RunAnswer> runs(@PathVariable String name, ListQuery query) {
		return ListAnswer.of(this.states.runs(this.nodes.get(name).id(), query.unsorted()), RunAnswer::of);
	}

	@DeleteMapping
	@Operation(summary = "Delete a node; what Latchkey put there is taken off first, or stays there")
	@ApiResponse(responseCode = "204", description = "It is gone")
	@ApiResponse(responseCode = "202", description = "It is still being cleaned; its state says how far that is",
			content = @Content(schema = @Schema(implementation = NodeAnswer.class)))
	ResponseEntity<NodeAnswer> delete(@PathVariable String name,
			@RequestParam(required = false) @Nullable String cleanup, Precondition precondition, Wait wait) {
		boolean clean = Boolean.TRUE.equals(Parameter.flag("cleanup", cleanup));
		Optional<Node> node = this.nodes.find(name);
		precondition.checkIfPresent(node.map(Node::version));
		if (!clean || node.isEmpty()) {
			this.nodes.delete(name);
			wait.with(this.deliveries::awaitAllSettled);
			return ResponseEntity.noContent().build();
		}
		this.leavings.leave(name);
		wait.with((atMost) -> this.deliveries.awaitSettled(List.of(node.get().id()), atMost));
		return this.nodes.find(name).isPresent() ? ResponseEntity.accepted().body(answer(name))
				: ResponseEntity.noContent().build();
	}

	@DeleteMapping("/leaving")
	@Operation(summary = "Keep a node that is being cleaned; what was taken off comes back")
	NodeAnswer stay(@PathVariable String name, Wait wait) {
		Node node = this.nodes.get(name);
		this.leavings.stay(name);
		wait.with((atMost) -> this.deliveries.awaitSettled(List.of(node.id()), atMost));
		return answer(name);
	}

	private NodeAnswer answer(String name) {
		Node node = this.nodes.get(name);
		return NodeAnswer.of(node, this.states.of(node.id()));
	}

}
