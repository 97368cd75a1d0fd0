package io.latchkey.api.nodes;

import java.util.List;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.reconcile.Deliveries;
import io.latchkey.reconcile.NodeStates;
import io.latchkey.reconcile.Reconciler;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
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

	ManagementController(Nodes nodes, NodeStates states, Enrolments enrolments, Reconciler reconciler,
			Deliveries deliveries) {
		this.nodes = nodes;
		this.states = states;
		this.enrolments = enrolments;
		this.reconciler = reconciler;
		this.deliveries = deliveries;
	}

	@PostMapping(path = "/enrol", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Let Latchkey in: confirm the host key, install its key, try it")
	NodeAnswer enrol(@PathVariable String name, @RequestBody EnrolmentRequest body, Wait wait) {
		Node enrolled = this.enrolments.enrol(name, body.toEnrolment());
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
		return this.states.accounts(this.nodes.get(name).id()).stream().map(AccountAnswer::of).toList();
	}

	@GetMapping("/runs")
	@Operation(summary = "Past reconciliations, newest first")
	ListAnswer<RunAnswer> runs(@PathVariable String name, ListQuery query) {
		return ListAnswer.of(this.states.runs(this.nodes.get(name).id(), query.unsorted()), RunAnswer::of);
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a node; what Latchkey put there stays there")
	void delete(@PathVariable String name, @RequestParam(required = false) @Nullable String cleanup,
			Precondition precondition, Wait wait) {
		if (Boolean.TRUE.equals(Parameter.flag("cleanup", cleanup))) {
			throw new InvalidInputException(Fault.of("cleanup", "node.cleanup"));
		}
		precondition.checkIfPresent(this.nodes.find(name).map(Node::version));
		this.nodes.delete(name);
		wait.with(this.deliveries::awaitAllSettled);
	}

	private NodeAnswer answer(String name) {
		Node node = this.nodes.get(name);
		return NodeAnswer.of(node, this.states.of(node.id()));
	}

}
