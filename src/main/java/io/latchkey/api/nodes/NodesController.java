package io.latchkey.api.nodes;

import java.util.Map;
import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.JsonBody;
import io.latchkey.api.body.JsonBodyConverter;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Saved;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(NodesController.PATH)
@Tag(name = "Nodes", description = "SSH servers")
class NodesController {

	static final String PATH = "/api/v1/nodes";

	private final Nodes nodes;

	private final NodeStates states;

	private final Removals removals;

	private final ManagementKeys ownKeys;

	NodesController(Nodes nodes, NodeStates states, Removals removals, ManagementKeys ownKeys) {
		this.nodes = nodes;
		this.states = states;
		this.removals = removals;
		this.ownKeys = ownKeys;
	}

	@GetMapping
	@Operation(summary = "List nodes")
	ListAnswer<NodeAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String cluster) {
		Page<Node> page = this.nodes.list(query.search(), cluster,
				query.sortedBy("name", "address", "port", "managementAccount", "privilege", "mode"));
		Map<NodeId, NodeStatus> known = this.states.of(page.map(Node::id).getContent());
		return ListAnswer.of(page, (node) -> NodeAnswer.of(node, status(node, known)));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a node; enrol it to bring it under management")
	ResponseEntity<NodeAnswer> create(@RequestBody NodeRequest body) {
		NodeDraft draft = body.toDraft();
		this.ownKeys.requireFor(draft);
		Node created = this.nodes.create(draft);
		return Created.at(PATH, created.name(), answer(created));
	}

	@GetMapping("/{name}")
	@Operation(summary = "Get a node")
	NodeAnswer get(@PathVariable String name) {
		return answer(this.nodes.get(name));
	}

	@PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Add or replace a node; its clusters, host keys and enrolment stay",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = NodeRequest.class))))
	ResponseEntity<NodeAnswer> put(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed) {
		Optional<Node> current = this.nodes.find(name);
		Long version = precondition.check(current.map(Node::version));
		NodeRequest request = body.replacing(NodeRequest.class, current.map(this::answer));
		NodeDraft draft = request.toDraft(name);
		this.ownKeys.requireFor(draft);
		Saved<Node> saved = this.removals.carryOut(RemovalScope.node(name), confirmed.digest(),
				() -> this.nodes.put(draft, version));
		return Created.orReplaced(saved, PATH, name, answer(saved.value()));
	}

	@PatchMapping(path = "/{name}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Change some of a node", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(schema = @Schema(implementation = NodeRequest.class))))
	NodeAnswer patch(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed) {
		Node current = this.nodes.get(name);
		precondition.check(Optional.of(current.version()));
		NodeRequest request = body.patching(NodeRequest.of(current), answer(current));
		NodeDraft draft = request.toDraft(name);
		this.ownKeys.requireFor(draft);
		return answer(this.removals
			.carryOut(RemovalScope.node(name), confirmed.digest(), () -> this.nodes.put(draft, current.version()))
			.value());
	}

	private NodeAnswer answer(Node node) {
		return NodeAnswer.of(node, this.states.of(node.id()));
	}

	private NodeStatus status(Node node, Map<NodeId, NodeStatus> known) {
		NodeStatus status = known.get(node.id());
		return (status != null) ? status : this.states.of(node.id());
	}

}
