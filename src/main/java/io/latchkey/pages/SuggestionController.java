package io.latchkey.pages;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.KnownAccounts;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What there is for a field that asks for a name: the first few that fit, as options. The
 * parameter {@code field} names the parameter with what is typed; with {@code several} it
 * is a field for several names.
 */
@Controller
class SuggestionController {

	private static final PageRequest FIRST = PageRequest.of(0, 8);

	private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

	private static final Pattern SEVERAL = Pattern.compile("(\\s*\\S.*[\\s,])[^\\s,]*", Pattern.DOTALL);

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
		return show(input, (query) -> this.identities.list(query, FIRST).map(Identity::name).getContent(), model);
	}

	@GetMapping("/suggestions/nodes")
	String nodes(Input input, Model model) {
		return show(input, (query) -> this.nodes.list(query, null, FIRST).map(Node::name).getContent(), model);
	}

	@GetMapping("/suggestions/clusters")
	String clusters(Input input, Model model) {
		return show(input, (query) -> this.clusters.list(query, FIRST).map(Cluster::name).getContent(), model);
	}

	@GetMapping("/suggestions/accounts")
	String accounts(Input input, Model model) {
		return show(input, (query) -> this.accounts.named(query, FIRST.getPageSize()), model);
	}

	/** In a field for several names it is the last that is typed, behind the others. */
	private static String show(Input input, Function<@Nullable String, List<String>> find, Model model) {
		String typed = input.raw(input.word("field"));
		Matcher several = SEVERAL.matcher(typed);
		String before = input.isTicked("several") && several.matches() ? several.group(1) : "";
		String last = typed.substring(before.length()).strip();
		Set<String> there = Set.of(SEPARATOR.split(before.strip()));
		model.addAttribute("names",
				find.apply(last.isEmpty() ? null : last)
					.stream()
					.filter((name) -> !there.contains(name))
					.map(before::concat)
					.toList());
		return "parts :: options";
	}

}
