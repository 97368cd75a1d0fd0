package io.latchkey.api.teams;

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
import io.latchkey.identity.Team;
import io.latchkey.identity.Teams;
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
@RequestMapping(TeamsController.PATH)
@Tag(name = "Teams", description = "Sets of identities")
class TeamsController {

	static final String PATH = "/api/v1/teams";

	private final Teams teams;

	private final Removals removals;

	private final Deliveries deliveries;

	TeamsController(Teams teams, Removals removals, Deliveries deliveries) {
		this.teams = teams;
		this.removals = removals;
		this.deliveries = deliveries;
	}

	@GetMapping
	@Operation(summary = "List teams")
	ListAnswer<TeamAnswer> list(ListQuery query) {
		return ListAnswer.of(this.teams.list(query.search(), query.sortedBy("name", "displayName")), TeamAnswer::of);
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a team")
	ResponseEntity<TeamAnswer> create(@RequestBody TeamRequest body, Wait wait) {
		Team created = this.teams.create(body.checkedName(), body.displayName(), body.membersOrNone());
		wait.with(this.deliveries::awaitAllSettled);
		return Created.at(PATH, created.name(), TeamAnswer.of(created));
	}

	@GetMapping("/{name}")
	@Operation(summary = "Get a team")
	TeamAnswer get(@PathVariable String name) {
		return TeamAnswer.of(this.teams.get(name));
	}

	@PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Add or replace a team", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(schema = @Schema(implementation = TeamRequest.class))))
	ResponseEntity<TeamAnswer> put(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed, Wait wait) {
		Optional<Team> current = Existing.of(() -> this.teams.get(name));
		Long version = precondition.check(current.map(Team::version));
		TeamRequest request = body.replacing(TeamRequest.class, current.map(TeamAnswer::of));
		request.checkName(name);
		Saved<Team> saved = this.removals.carryOut(RemovalScope.team(name), confirmed.digest(),
				() -> this.teams.put(name, request.displayName(), request.membersOrNone(), version));
		wait.with(this.deliveries::awaitAllSettled);
		return Created.orReplaced(saved, PATH, name, TeamAnswer.of(saved.value()));
	}

	@PatchMapping(path = "/{name}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Change some of a team", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(schema = @Schema(implementation = TeamRequest.class))))
	TeamAnswer patch(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition,
			Confirmed confirmed, Wait wait) {
		Team current = this.teams.get(name);
		precondition.check(Optional.of(current.version()));
		TeamRequest request = body.patching(TeamRequest.of(current), TeamAnswer.of(current));
		request.checkName(name);
		Team patched = this.removals
			.carryOut(RemovalScope.team(name), confirmed.digest(),
					() -> this.teams.put(name, request.displayName(), request.membersOrNone(), current.version()))
			.value();
		wait.with(this.deliveries::awaitAllSettled);
		return TeamAnswer.of(patched);
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a team; what was granted to it ends")
	void delete(@PathVariable String name, Precondition precondition, Confirmed confirmed, Wait wait) {
		precondition.checkIfPresent(Existing.of(() -> this.teams.get(name)).map(Team::version));
		this.removals.carryOut(RemovalScope.team(name), confirmed.digest(), () -> this.teams.delete(name));
		wait.with(this.deliveries::awaitAllSettled);
	}

	@PutMapping("/{name}/members/{identity}")
	@Operation(summary = "Take an identity into a team")
	TeamAnswer add(@PathVariable String name, @PathVariable String identity, Wait wait) {
		Team changed = this.teams.addMember(name, identity);
		wait.with(this.deliveries::awaitAllSettled);
		return TeamAnswer.of(changed);
	}

	@DeleteMapping("/{name}/members/{identity}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take an identity out of a team")
	void remove(@PathVariable String name, @PathVariable String identity, Confirmed confirmed, Wait wait) {
		this.removals.carryOut(RemovalScope.team(name), confirmed.digest(),
				() -> this.teams.removeMember(name, identity));
		wait.with(this.deliveries::awaitAllSettled);
	}

}
