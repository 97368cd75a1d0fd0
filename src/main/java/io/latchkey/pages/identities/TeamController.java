package io.latchkey.pages.identities;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.delivery.OtherWays;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.identity.Team;
import io.latchkey.identity.Teams;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of teams.
 */
@Controller
class TeamController {

	private static final String ROOM = "identities";

	private static final PageRequest SUGGESTIONS = PageRequest.of(0, 20);

	private final Teams teams;

	private final Identities identities;

	private final Grants grants;

	private final GrantRows rows;

	private final OtherWays otherWays;

	private final Removals removals;

	private final Texts texts;

	TeamController(Teams teams, Identities identities, Grants grants, GrantRows rows, OtherWays otherWays,
			Removals removals, Texts texts) {
		this.teams = teams;
		this.identities = identities;
		this.grants = grants;
		this.rows = rows;
		this.otherWays = otherWays;
		this.removals = removals;
		this.texts = texts;
	}

	@GetMapping("/teams")
	String list(@RequestParam(required = false) @Nullable String q,
			@PageableDefault(50) @SortDefault("name") Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("q", q);
		model.addAttribute("listing", Listing.of(this.teams.list(q, page), request));
		return "identities/teams";
	}

	@GetMapping("/teams.csv")
	void export(@RequestParam(required = false) @Nullable String q, @SortDefault("name") Pageable page,
			HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.teams.list(q, Pageable.unpaged(page.getSort()))
			.map(TeamController::row)
			.getContent();
		CsvFile.send(response, "teams.csv", List.of("name", "displayName", "members"), rows);
	}

	private static List<@Nullable Object> row(Team team) {
		return Arrays.asList(team.name(), team.displayName(), String.join(" ", team.members()));
	}

	@GetMapping("/add/team")
	String add(Model model) {
		Form.in(model, Map.of());
		return "identities/add-team";
	}

	@PostMapping("/add/team")
	String add(Input input) {
		Team team = this.teams.create(input.word("name"), input.text("displayName"), input.words("members"));
		return "redirect:" + Links.team(team.name());
	}

	@GetMapping("/teams/{name}")
	String show(@PathVariable String name, Model model) {
		Team team = this.teams.get(name);
		Form.in(model, Map.of("displayName", Objects.requireNonNullElse(team.displayName(), "")));
		model.addAttribute("team", team);
		model.addAttribute("suspended", suspended(team));
		model.addAttribute("suspension", IdentityStatus.SUSPENDED);
		model.addAttribute("reach", reach(team));
		model.addAttribute("names",
				this.identities.list(null, SUGGESTIONS).map((identity) -> identity.name()).getContent());
		return "identities/team";
	}

	/** The names of the members that are suspended. */
	private Set<String> suspended(Team team) {
		Map<String, IdentityId> members = this.identities.idsByName(team.members());
		Set<IdentityId> suspended = this.identities.suspendedAmong(members.values());
		return members.entrySet()
			.stream()
			.filter((member) -> suspended.contains(member.getValue()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	@PostMapping("/teams/{name}")
	String addMember(@PathVariable String name, Input input) {
		this.teams.addMember(name, input.word("member"));
		return "redirect:" + Links.team(name);
	}

	@GetMapping("/teams/{name}/members/{identity}/remove")
	String askToRemove(@PathVariable String name, @PathVariable String identity, Model model) {
		Form.in(model, Map.of());
		WaysView.show(this.otherWays.besideTeam(name, identity), model);
		model.addAttribute("question", removal(this.teams.get(name), identity));
		return Question.VIEW;
	}

	@PostMapping("/teams/{name}/members/{identity}/remove")
	String remove(@PathVariable String name, @PathVariable String identity, Input input) {
		removal(this.teams.get(name), identity).check(input);
		this.removals.carryOut(RemovalScope.team(name), input.text(Losses.FIELD),
				() -> this.teams.removeMember(name, identity));
		return "redirect:" + Links.team(name);
	}

	@GetMapping("/teams/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		WaysView.show(this.otherWays.besideTeam(name), model);
		model.addAttribute("question", deletion(this.teams.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/teams/{name}/delete")
	String delete(@PathVariable String name, Input input) {
		deletion(this.teams.get(name)).check(input);
		this.removals.carryOut(RemovalScope.team(name), input.text(Losses.FIELD), () -> this.teams.delete(name));
		return "redirect:/teams";
	}

	private Question removal(Team team, String identity) {
		return new Question(this.texts.of("page.team.remove.title", identity, team.name()),
				List.of(this.texts.of("page.team.remove.consequence", identity, nodes(team))),
				this.texts.of("page.remove"), null, Links.team(team.name()), ROOM);
	}

	private Question deletion(Team team) {
		int nodes = nodes(team);
		return new Question(this.texts.of("page.team.delete.title", team.name()),
				List.of(this.texts.of("page.team.delete.consequence", team.members().size(), nodes)),
				this.texts.of("page.delete"), Question.typedFor(team.name(), nodes), Links.team(team.name()), ROOM);
	}

	private int nodes(Team team) {
		return GrantRow.nodesOf(reach(team));
	}

	private List<GrantRow> reach(Team team) {
		return this.rows.ofReaches(this.grants.unendedOf(Set.of(), Set.of(team.id())));
	}

}
