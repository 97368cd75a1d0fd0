package io.latchkey.pages.passwords;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.passwords.PasswordRounds;
import io.latchkey.passwords.PasswordSwitches;
import io.latchkey.passwords.Readiness;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The same for the nodes of a cluster, in one go.
 */
@Controller
class ClusterPasswordsPageController {

	/** Between the name of a node, which holds none, and the digest of its look. */
	private static final String SEPARATOR = ":";

	private final Clusters clusters;

	private final Nodes nodes;

	private final PasswordSwitches switches;

	private final PasswordRounds rounds;

	ClusterPasswordsPageController(Clusters clusters, Nodes nodes, PasswordSwitches switches, PasswordRounds rounds) {
		this.clusters = clusters;
		this.nodes = nodes;
		this.switches = switches;
		this.rounds = rounds;
	}

	/** Connects to each node. */
	@GetMapping("/clusters/{name}/passwords")
	String show(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		List<Readiness> looks = this.switches.lookAtCluster(name);
		describe(name, model);
		model.addAttribute("looks", looks);
		model.addAttribute("round", this.rounds.last(name).orElse(null));
		return "passwords/cluster";
	}

	@PostMapping("/clusters/{name}/passwords")
	String decide(@PathVariable String name, Input input) {
		Map<String, String> seen = new LinkedHashMap<>();
		for (String each : input.words("seen")) {
			int separator = each.indexOf(SEPARATOR);
			if (separator > 0) {
				seen.put(each.substring(0, separator), each.substring(separator + 1));
			}
		}
		this.rounds.begin(name, Demands.of(input, null), seen);
		return "redirect:" + Links.cluster(name) + "/passwords/progress";
	}

	@GetMapping("/clusters/{name}/passwords/progress")
	String progress(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		describeRound(name, model);
		return "passwords/progress";
	}

	/** What of the page is asked for again while it goes on. */
	@GetMapping(path = "/clusters/{name}/passwords/progress", headers = "HX-Request")
	String live(@PathVariable String name, Model model) {
		describeRound(name, model);
		return "passwords/progress :: live";
	}

	@PostMapping("/clusters/{name}/passwords/resume")
	String resume(@PathVariable String name) {
		this.rounds.goOn(name);
		return "redirect:" + Links.cluster(name) + "/passwords/progress";
	}

	private void describeRound(String name, Model model) {
		model.addAttribute("cluster", this.clusters.get(name));
		model.addAttribute("round", this.rounds.last(name).orElse(null));
	}

	private void describe(String name, Model model) {
		Cluster cluster = this.clusters.get(name);
		List<Node> members = this.nodes.named(cluster.nodes());
		model.addAttribute("cluster", cluster);
		model.addAttribute("left", members.stream().filter((node) -> !node.enrolled()).map(Node::name).toList());
	}

}
