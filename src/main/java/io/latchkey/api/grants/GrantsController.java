package io.latchkey.api.grants;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.JsonBody;
import io.latchkey.api.body.JsonBodyConverter;
import io.latchkey.api.problem.NotDeliveredException;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.latchkey.removal.GrantPreview;
import io.latchkey.removal.Previews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(GrantsController.PATH)
@Tag(name = "Grants", description = "Who may log in where, as which account, until when")
class GrantsController {

	static final String PATH = "/api/v1/grants";

	private static final String REQUIRE_IN_PLACE = "With require=in-place and wait, the answer is 424 "
			+ "/problems/not-in-place unless the login is in place on every node by then; the grant stands "
			+ "all the same.";

	private final Grants grants;

	private final Deliveries deliveries;

	private final Revocations revocations;

	private final Previews previews;

	private final Logins logins;

	private final Clock clock;

	GrantsController(Grants grants, Deliveries deliveries, Revocations revocations, Previews previews, Logins logins,
			Clock clock) {
		this.grants = grants;
		this.deliveries = deliveries;
		this.revocations = revocations;
		this.previews = previews;
		this.logins = logins;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "List grants")
	ListAnswer<GrantAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String target,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String account,
			@RequestParam(required = false) @Nullable String endsBefore) {
		GrantQuery which = new GrantQuery(Parameter.read("subject", subject, Subject::parse, "subject.malformed"),
				Parameter.read("target", target, Target::parse, "target.malformed"),
				Parameter.choice("status", status, GrantStatus.class), Parameter.text(account),
				Parameter.instant("endsBefore", endsBefore), query.search());
		Page<Grant> page = this.grants.list(which,
				query.sortedBy("id", "subject", "target", "account", "startsAt", "expiresAt", "grantedAt"));
		Map<GrantId, Delivery> delivered = this.deliveries.of(page.map(Grant::id).getContent());
		Map<Long, KeyUse> uses = this.logins.lastUsesOfGrants(page.map((grant) -> grant.id().value()).getContent());
		return ListAnswer.of(page, (grant) -> GrantAnswer.of(grant, delivered.getOrDefault(grant.id(), Delivery.NONE),
				this.clock.instant(), uses.get(grant.id().value())));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Grant a login", description = REQUIRE_IN_PLACE)
	ResponseEntity<GrantAnswer> issue(@RequestBody GrantRequest body, Wait wait,
			@RequestParam(required = false) @Nullable String require) {
		Required required = Required.parse(require, Required.IN_PLACE, wait);
		GrantId id = this.grants.issue(body.toDraft()).id();
		return Created.at(PATH, String.valueOf(id.value()), settled(id, wait, required));
	}

	@PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Tell what a grant would change; nothing is changed")
	GrantPreview preview(@RequestBody GrantRequest body) {
		return this.previews.of(body.toDraft());
	}

	@GetMapping("/{id}")
	@Operation(summary = "Get a grant")
	GrantAnswer get(@PathVariable String id) {
		return answer(parse(id));
	}

	@PatchMapping(path = "/{id}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Extend or shorten a grant", description = REQUIRE_IN_PLACE,
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = GrantEndRequest.class))))
	GrantAnswer changeEnd(@PathVariable String id, @RequestBody JsonBody body, Precondition precondition, Wait wait,
			@RequestParam(required = false) @Nullable String require) {
		Required required = Required.parse(require, Required.IN_PLACE, wait);
		Grant current = this.grants.get(parse(id));
		Long version = precondition.check(Optional.of(current.version()));
		GrantEndRequest request = body.patching(new GrantEndRequest(current.expiresAt()), answer(current.id()));
		this.grants.changeEnd(current.id(), request.end(), version);
		return settled(current.id(), wait, required);
	}

	@DeleteMapping("/{id}")
	@Operation(summary = "Revoke a grant; it stays on record",
			description = "With everyWay=true everything else that lets in whom the grant is for, on its account and "
					+ "nodes, is closed as well: other grants of theirs are revoked, they leave the teams that let "
					+ "them in, and foreign lines with their keys are taken off. That has to be confirmed. "
					+ "With require=gone and wait, the answer is 424 /problems/not-gone unless the login is gone from "
					+ "every node by then and nothing else lets in there; it is revoked all the same.")
	GrantAnswer revoke(@PathVariable String id, @RequestParam(required = false) @Nullable String everyWay,
			Confirmed confirmed, Precondition precondition, LiveSessions sessions, Wait wait,
			@RequestParam(required = false) @Nullable String require) {
		GrantId grant = parse(id);
		Required required = Required.parse(require, Required.GONE, wait);
		precondition.checkIfPresent(Optional.of(this.grants.get(grant).version()));
		if (Boolean.TRUE.equals(Parameter.flag("everyWay", everyWay))) {
			this.revocations.closeEveryWay(grant, confirmed.digest(), sessions);
		}
		else {
			this.revocations.revoke(grant, sessions);
		}
		return settled(grant, wait, required);
	}

	private GrantAnswer settled(GrantId id, Wait wait, Required required) {
		wait.with((atMost) -> this.deliveries.awaitSettled(id, atMost));
		Delivery delivery = this.deliveries.of(id);
		GrantAnswer answer = answer(id, delivery);
		if (!required.isMetBy(delivery)) {
			throw new NotDeliveredException("not-" + required.word(), URI.create(PATH + "/" + id.value()), answer.id(),
					answer.delivery());
		}
		return answer;
	}

	private GrantAnswer answer(GrantId id) {
		return answer(id, this.deliveries.of(id));
	}

	private GrantAnswer answer(GrantId id, Delivery delivery) {
		return GrantAnswer.of(this.grants.get(id), delivery, this.clock.instant(),
				this.logins.lastUsesOfGrants(List.of(id.value())).get(id.value()));
	}

	private static GrantId parse(String id) {
		return GrantId.parse(id).orElseThrow(() -> new NotFoundException("grant", id));
	}

}
