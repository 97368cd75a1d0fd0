package io.latchkey.api.clusters;

import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.JsonBody;
import io.latchkey.api.body.JsonBodyConverter;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.Existing;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Saved;
import io.latchkey.delivery.Deliveries;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(ClustersController.PATH)
@Tag(name = "Clusters", description = "Sets of nodes")
class ClustersController {

	static final String PATH = "/api/v1/clusters";

	private final Clusters clusters;

	private final Removals removals;

	private final Deliveries deliveries;

	private final ClusterAnswers answers;

	ClustersController(Clusters clusters, Removals removals, Deliveries deliveries, ClusterAnswers answers) {
		this.clusters = clusters;
		this.removals = removals;
		this.deliveries = deliveries;
		this.answers = answers;
	}

	@GetMapping
	@Operation(summary = "List clusters")
	ListAnswer<ClusterAnswer> list(ListQuery query) {
		return this.answers.of(this.clusters.list(query.search(), query.sortedBy("name", "displayName")));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a cluster")
	ResponseEntity<ClusterAnswer> create(@RequestBody ClusterRequest body, Wait wait) {
		Cluster created = this.clusters.create(body.checkedName(), body.displayName(), body.nodesOrNone());
		wait.with(this.deliveries::awaitAllSettled);
		return Created.at(PATH, created.name(), this.answers.of(created));
	}

	@GetMapping("/{name}")
	@Operation(summary = "Get a cluster")
	ClusterAnswer get(@PathVariable String name) {
		return this.answers.of(this.clusters.get(name));
	}

	@PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Add or replace a cluster",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = ClusterRequest.class))))
	ResponseEntity<ClusterAnswer> put(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed, Wait wait) {
		Optional<Cluster> current = Existing.of(() -> this.clusters.get(name));
		Long version = precondition.check(current.map(Cluster::version));
		ClusterRequest request = body.replacing(ClusterRequest.class, current.map(this.answers::of));
		request.checkName(name);
		Saved<Cluster> saved = this.removals.carryOut(RemovalScope.cluster(name), confirmed.digest(),
				() -> this.clusters.put(name, request.displayName(), request.nodesOrNone(), version));
		wait.with(this.deliveries::awaitAllSettled);
		return Created.orReplaced(saved, PATH, name, this.answers.of(saved.value()));
	}

	@PatchMapping(path = "/{name}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Change some of a cluster",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = ClusterRequest.class))))
	ClusterAnswer patch(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed, Wait wait) {
		Cluster current = this.clusters.get(name);
		precondition.check(Optional.of(current.version()));
		ClusterRequest request = body.patching(ClusterRequest.of(current), this.answers.of(current));
		request.checkName(name);
		Cluster patched = this.removals
			.carryOut(RemovalScope.cluster(name), confirmed.digest(),
					() -> this.clusters.put(name, request.displayName(), request.nodesOrNone(), current.version()))
			.value();
		wait.with(this.deliveries::awaitAllSettled);
		return this.answers.of(patched);
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a cluster; what was granted on it ends")
	void delete(@PathVariable String name, Precondition precondition, Confirmed confirmed, Wait wait) {
		precondition.checkIfPresent(Existing.of(() -> this.clusters.get(name)).map(Cluster::version));
		this.removals.carryOut(RemovalScope.cluster(name), confirmed.digest(), () -> this.clusters.delete(name));
		wait.with(this.deliveries::awaitAllSettled);
	}

	@PutMapping("/{name}/nodes/{node}")
	@Operation(summary = "Take a node into a cluster")
	ClusterAnswer add(@PathVariable String name, @PathVariable String node, Wait wait) {
		Cluster changed = this.clusters.addNode(name, node);
		wait.with(this.deliveries::awaitAllSettled);
		return this.answers.of(changed);
	}

	@DeleteMapping("/{name}/nodes/{node}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take a node out of a cluster")
	void remove(@PathVariable String name, @PathVariable String node, Confirmed confirmed, Wait wait) {
		this.removals.carryOut(RemovalScope.cluster(name), confirmed.digest(),
				() -> this.clusters.removeNode(name, node));
		wait.with(this.deliveries::awaitAllSettled);
	}

}
