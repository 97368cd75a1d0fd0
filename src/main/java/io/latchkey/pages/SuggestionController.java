package io.latchkey.pages;

import java.util.List;

import io.latchkey.identity.Identities;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.KnownAccounts;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What there is for a field that asks for a name: the first few that fit, as options. The
 * parameter {@code field} names the parameter with what is typed.
 */
@Controller
class SuggestionController {

	private static final PageRequest FIRST = PageRequest.of(0, 8);

	private final Identities identities;

	private final Nodes nodes;

	private final Clusters clusters;

	private final KnownAccounts accounts;

	SuggestionController(Identities identities, Nodes nodes, Clusters clusters, KnownAccounts accounts) {
		this.identities = identities;
		this.nodes = nodes;
		this.clusters = clusters;
		this.accounts = accounts;
	}

	@GetMapping("/suggestions/identities")
	String identities(Input input, Model model) {
		return show(this.identities.list(typed(input), FIRST).map((identity) -> identity.name()).getContent(), model);
	}

	@GetMapping("/suggestions/nodes")
	String nodes(Input input, Model model) {
		return show(this.nodes.list(typed(input), null, FIRST).map((node) -> node.name()).getContent(), model);
	}

	@GetMapping("/suggestions/clusters")
	String clusters(Input input, Model model) {
		return show(this.clusters.list(typed(input), FIRST).map((cluster) -> cluster.name()).getContent(), model);
	}

	@GetMapping("/suggestions/accounts")
	String accounts(Input input, Model model) {
		return show(this.accounts.named(typed(input), FIRST.getPageSize()), model);
	}

	private static @Nullable String typed(Input input) {
		return input.text(input.word("field"));
	}

	private static String show(List<String> names, Model model) {
		model.addAttribute("names", names);
		return "parts :: options";
	}

}
