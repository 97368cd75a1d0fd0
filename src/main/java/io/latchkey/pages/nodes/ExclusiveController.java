package io.latchkey.pages.nodes;

import java.util.Set;

import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.removal.ExclusiveLooks;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What exclusive mode would take off the nodes of a cluster.
 */
@Controller
class ExclusiveController {

	private final Clusters clusters;

	private final ExclusiveLooks looks;

	ExclusiveController(Clusters clusters, ExclusiveLooks looks) {
		this.clusters = clusters;
		this.looks = looks;
	}

	@GetMapping("/clusters/{name}/exclusive")
	String show(@PathVariable String name, Model model) {
		Cluster cluster = this.clusters.get(name);
		model.addAttribute("cluster", cluster);
		model.addAttribute("looks", this.looks
			.of(this.clusters.nodesOf(Set.of(cluster.id())).values().stream().flatMap(Set::stream).toList()));
		return "nodes/exclusive";
	}

}
