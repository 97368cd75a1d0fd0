package io.latchkey.api.clusters;

import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.Wait;
import io.latchkey.delivery.Deliveries;
import io.latchkey.diagnosis.MeshTrials;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(ClustersController.PATH + "/{name}/inter-node")
@Tag(name = "Clusters", description = "Sets of nodes")
class InterNodeController {

	private final InterNodeKeys interNodeKeys;

	private final InterNodeStates states;

	private final MeshTrials trials;

	private final Removals removals;

	private final Deliveries deliveries;

	InterNodeController(InterNodeKeys interNodeKeys, InterNodeStates states, MeshTrials trials, Removals removals,
			Deliveries deliveries) {
		this.interNodeKeys = interNodeKeys;
		this.states = states;
		this.trials = trials;
		this.removals = removals;
		this.deliveries = deliveries;
	}

	@GetMapping
	@Operation(summary = "With which keys the nodes log in to each other, and how far they are")
	InterNodeAnswer get(@PathVariable String name) {
		return answer(name);
	}

	@PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Choose with which keys the nodes log in to each other")
	InterNodeAnswer put(@PathVariable String name, @RequestBody InterNodeRequest body, Confirmed confirmed, Wait wait) {
		InterNodeStrategy strategy = body.checkedStrategy();
		this.removals.carryOut(RemovalScope.cluster(name), confirmed.digest(),
				() -> this.interNodeKeys.set(name, strategy, body.account()));
		wait.with(this.deliveries::awaitAllSettled);
		return answer(name);
	}

	@PostMapping("/rotate")
	@Operation(summary = "Replace the pairs by new ones, with an overlap")
	InterNodeAnswer rotate(@PathVariable String name, Wait wait) {
		this.interNodeKeys.rotate(name);
		wait.with(this.deliveries::awaitAllSettled);
		return answer(name);
	}

	@PostMapping("/test")
	@Operation(summary = "Log in from each node to each other, and say what failed")
	MeshTrialAnswer test(@PathVariable String name) {
		return MeshTrialAnswer.of(this.trials.of(name));
	}

	private InterNodeAnswer answer(String name) {
		return InterNodeAnswer.of(this.interNodeKeys.of(name), this.states.of(this.interNodeKeys.of(name).cluster()));
	}

}
