package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;

import io.latchkey.delivery.OtherWays;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Takes nodes out of clusters, and deletes clusters.
 */
@Controller
class ClusterRemovalController {

	private static final String ROOM = "nodes";

	private final Clusters clusters;

	private final ClusterReach reach;

	private final OtherWays otherWays;

	private final Removals removals;

	private final Texts texts;

	ClusterRemovalController(Clusters clusters, ClusterReach reach, OtherWays otherWays, Removals removals,
			Texts texts) {
		this.clusters = clusters;
		this.reach = reach;
		this.otherWays = otherWays;
		this.removals = removals;
		this.texts = texts;
	}

	@GetMapping("/clusters/{name}/nodes/{node}/remove")
	String askToRemove(@PathVariable String name, @PathVariable String node, Model model) {
		Form.in(model, Map.of());
		WaysView.show(this.otherWays.besideCluster(name, node), model);
		model.addAttribute("question", removal(this.clusters.get(name), node));
		return Question.VIEW;
	}

	@PostMapping("/clusters/{name}/nodes/{node}/remove")
	String remove(@PathVariable String name, @PathVariable String node, Input input) {
		removal(this.clusters.get(name), node).check(input);
		this.removals.carryOut(RemovalScope.cluster(name), input.text(Losses.FIELD),
				() -> this.clusters.removeNode(name, node));
		return "redirect:" + Links.cluster(name);
	}

	@GetMapping("/clusters/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("question", deletion(this.clusters.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/clusters/{name}/delete")
	String delete(@PathVariable String name, Input input) {
		deletion(this.clusters.get(name)).check(input);
		this.removals.carryOut(RemovalScope.cluster(name), input.text(Losses.FIELD), () -> this.clusters.delete(name));
		return "redirect:/clusters";
	}

	private Question removal(Cluster cluster, String node) {
		return new Question(this.texts.of("page.cluster.remove.title", node, cluster.name()),
				List.of(this.texts.of("page.cluster.remove.consequence", node, this.reach.nodesOf(cluster))),
				this.texts.of("page.remove"), null, Links.cluster(cluster.name()), ROOM);
	}

	private Question deletion(Cluster cluster) {
		int nodes = this.reach.nodesOf(cluster);
		return new Question(this.texts.of("page.cluster.delete.title", cluster.name()),
				List.of(this.texts.of("page.cluster.delete.consequence", cluster.nodes().size(), nodes)),
				this.texts.of("page.delete"), Question.typedFor(cluster.name(), nodes), Links.cluster(cluster.name()),
				ROOM);
	}

}
