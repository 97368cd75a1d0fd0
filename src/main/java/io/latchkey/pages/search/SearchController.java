package io.latchkey.pages.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.NotFoundException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.Grants;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Links;
import io.latchkey.pages.Viewers;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Finds identities, teams, nodes, clusters, grants and fingerprints.
 */
@Controller
class SearchController {

	private static final PageRequest FIRST = PageRequest.of(0, 20);

	private final Identities identities;

	private final HeldKeys heldKeys;

	private final Teams teams;

	private final Nodes nodes;

	private final Clusters clusters;

	private final Grants grants;

	private final PageWords pages;

	private final Viewers viewers;

	SearchController(Identities identities, HeldKeys heldKeys, Teams teams, Nodes nodes, Clusters clusters,
			Grants grants, PageWords pages, Viewers viewers) {
		this.identities = identities;
		this.heldKeys = heldKeys;
		this.teams = teams;
		this.nodes = nodes;
		this.clusters = clusters;
		this.grants = grants;
		this.pages = pages;
		this.viewers = viewers;
	}

	@GetMapping("/search")
	String search(@RequestParam(defaultValue = "") String q,
			@RequestHeader(name = "HX-Request", defaultValue = "false") String live, Model model) {
		String query = q.strip();
		model.addAttribute("q", query);
		model.addAttribute("findings", query.isEmpty() ? List.of() : find(query));
		return Boolean.parseBoolean(live) ? "search/search :: findings" : "search/search";
	}

	private List<Finding> find(String query) {
		List<Finding> findings = new ArrayList<>();
		owner(query).ifPresent(findings::add);
		numbered(query).ifPresent(findings::add);
		findings.addAll(this.pages.find(query, this.viewers.current()));
		this.identities.list(query, FIRST)
			.forEach((identity) -> findings.add(new Finding("page.identity", "ti-user", identity.name(),
					identity.displayName(), Links.identity(identity.name()))));
		this.teams.list(query, FIRST)
			.forEach((team) -> findings
				.add(new Finding("page.team", "ti-users", team.name(), team.displayName(), Links.team(team.name()))));
		this.clusters.list(query, FIRST)
			.forEach((cluster) -> findings.add(new Finding("page.cluster", "ti-stack-2", cluster.name(),
					cluster.displayName(), Links.cluster(cluster.name()))));
		this.nodes.list(query, null, FIRST)
			.forEach((node) -> findings.add(new Finding("page.node", "ti-server-2", node.name(), node.route().address(),
					Links.node(node.name()))));
		this.grants.list(new GrantQuery(null, null, null, null, null, query), FIRST)
			.forEach((grant) -> findings.add(finding(grant)));
		return findings;
	}

	private Optional<Finding> owner(String query) {
		if (!query.matches("SHA256:[A-Za-z0-9+/]{43}")) {
			return Optional.empty();
		}
		try {
			return this.heldKeys.ownerOf(Fingerprint.parse(query))
				.map((owner) -> new Finding("page.key.owner", "ti-fingerprint", owner, query, Links.identity(owner)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private Optional<Finding> numbered(String query) {
		try {
			return GrantId.parse(query).map(this.grants::get).map(SearchController::finding);
		}
		catch (NotFoundException ex) {
			return Optional.empty();
		}
	}

	private static Finding finding(Grant grant) {
		return new Finding("page.grant", "ti-key", Long.toString(grant.id().value()),
				grant.subject() + " → " + grant.account() + "@" + grant.target(), Links.grant(grant.id().value()));
	}

}
