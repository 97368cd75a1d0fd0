package io.latchkey.api.nodes;

import java.util.List;
import java.util.Set;

import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import io.latchkey.removal.ExclusiveLooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Nodes")
class ExclusivePreviewController {

	private final ExclusiveLooks looks;

	private final Nodes nodes;

	private final Clusters clusters;

	ExclusivePreviewController(ExclusiveLooks looks, Nodes nodes, Clusters clusters) {
		this.looks = looks;
		this.nodes = nodes;
		this.clusters = clusters;
	}

	@GetMapping("/nodes/{name}/exclusive-preview")
	@Operation(summary = "What EXCLUSIVE would take off the node, as last observed")
	ExclusivePreviewAnswer ofNode(@PathVariable String name) {
		return ExclusivePreviewAnswer.of(this.looks.of(Set.of(this.nodes.idOf(name))).get(0));
	}

	@GetMapping("/clusters/{name}/exclusive-preview")
	@Operation(summary = "What EXCLUSIVE would take off each of the nodes, as last observed")
	List<ExclusivePreviewAnswer> ofCluster(@PathVariable String name) {
		return this.looks
			.of(this.clusters.nodesOf(Set.of(this.clusters.get(name).id()))
				.values()
				.stream()
				.flatMap(Set::stream)
				.toList())
			.stream()
			.map(ExclusivePreviewAnswer::of)
			.toList();
	}

}
