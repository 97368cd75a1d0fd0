package io.latchkey.api.identities;

import java.util.Map;
import java.util.Optional;

import io.latchkey.api.answer.Created;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.JsonBody;
import io.latchkey.api.body.JsonBodyConverter;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Saved;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.data.domain.Page;
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
@RequestMapping(IdentitiesController.PATH)
@Tag(name = "Identities", description = "People and services, and their public keys")
class IdentitiesController {

	static final String PATH = "/api/v1/identities";

	private final Identities identities;

	private final Revocations revocations;

	private final Removals removals;

	private final Deliveries deliveries;

	private final Logins logins;

	IdentitiesController(Identities identities, Revocations revocations, Removals removals, Deliveries deliveries,
			Logins logins) {
		this.identities = identities;
		this.revocations = revocations;
		this.removals = removals;
		this.deliveries = deliveries;
		this.logins = logins;
	}

	@GetMapping
	@Operation(summary = "List identities")
	ListAnswer<IdentityAnswer> list(ListQuery query) {
		Page<Identity> page = this.identities.list(query.search(),
				query.sortedBy("name", "displayName", "kind", "status"));
		Map<Fingerprint, KeyUse> uses = this.logins
			.lastUses(page.stream().flatMap((each) -> each.fingerprints().stream()).toList());
		return ListAnswer.of(page, (identity) -> IdentityAnswer.of(identity, uses));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add an identity")
	ResponseEntity<IdentityAnswer> create(@RequestBody IdentityRequest body) {
		Identity created = this.identities.create(body.toDraft());
		return Created.at(PATH, created.name(), IdentityAnswer.of(created));
	}

	@GetMapping("/{name}")
	@Operation(summary = "Get an identity")
	IdentityAnswer get(@PathVariable String name) {
		Identity identity = this.identities.get(name);
		return IdentityAnswer.of(identity, this.logins.lastUses(identity.fingerprints()));
	}

	@PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Add or replace an identity; its keys and teams stay",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = IdentityRequest.class))))
	ResponseEntity<IdentityAnswer> put(@PathVariable String name, @RequestBody JsonBody body,
			Precondition precondition) {
		Optional<Identity> current = this.identities.find(name);
		Long version = precondition.check(current.map(Identity::version));
		IdentityRequest request = body.replacing(IdentityRequest.class, current.map(IdentityAnswer::of));
		Saved<Identity> saved = this.identities.put(request.toDraft(name), version);
		return Created.orReplaced(saved, PATH, name, IdentityAnswer.of(saved.value()));
	}

	@PatchMapping(path = "/{name}", consumes = { JsonBodyConverter.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Change some of an identity",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(schema = @Schema(implementation = IdentityRequest.class))))
	IdentityAnswer patch(@PathVariable String name, @RequestBody JsonBody body, Precondition precondition) {
		Identity current = this.identities.get(name);
		precondition.check(Optional.of(current.version()));
		IdentityRequest request = body.patching(IdentityRequest.of(current), IdentityAnswer.of(current));
		return IdentityAnswer.of(this.identities.put(request.toDraft(name), current.version()).value());
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete an identity; its keys come off every node")
	void delete(@PathVariable String name, Precondition precondition, Confirmed confirmed, Wait wait) {
		precondition.checkIfPresent(this.identities.find(name).map(Identity::version));
		this.removals.carryOut(RemovalScope.identity(name), confirmed.digest(), () -> this.identities.delete(name));
		wait.with(this.deliveries::awaitAllSettled);
	}

	@PostMapping("/{name}/suspend")
	@Operation(summary = "Take every key of theirs off every node")
	IdentityAnswer suspend(@PathVariable String name, LiveSessions sessions, Wait wait) {
		this.revocations.suspend(name, sessions);
		wait.with(this.deliveries::awaitAllSettled);
		return get(name);
	}

	@PostMapping("/{name}/resume")
	@Operation(summary = "Put back what is still granted")
	IdentityAnswer resume(@PathVariable String name, Wait wait) {
		this.identities.resume(name);
		wait.with(this.deliveries::awaitAllSettled);
		return get(name);
	}

}
