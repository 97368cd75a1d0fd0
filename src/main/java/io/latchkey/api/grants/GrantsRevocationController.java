package io.latchkey.api.grants;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.Wait;
import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(GrantsController.PATH + "/revoke")
@Tag(name = "Grants")
class GrantsRevocationController {

	private final Revocations revocations;

	private final Grants grants;

	private final ReachedNodes reached;

	private final Deliveries deliveries;

	private final Logins logins;

	private final Clock clock;

	GrantsRevocationController(Revocations revocations, Grants grants, ReachedNodes reached, Deliveries deliveries,
			Logins logins, Clock clock) {
		this.revocations = revocations;
		this.grants = grants;
		this.reached = reached;
		this.deliveries = deliveries;
		this.logins = logins;
		this.clock = clock;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Revoke several grants, all or none",
			description = "`grants` are their ids, such as those that /grants/unused tells. That has to be confirmed: "
					+ "409 /problems/confirmation-needed shows all that goes, and nothing is done. Those that have "
					+ "ended are left alone. The answer has those that were revoked.")
	List<GrantAnswer> revoke(@RequestBody GrantsRevocation body, Confirmed confirmed, LiveSessions sessions,
			Wait wait) {
		Set<GrantId> ids = body.ids();
		Grants.refuseTooMany(ids);
		Map<GrantId, Grant> known = this.grants.all(ids);
		ids.stream().filter((id) -> !known.containsKey(id)).findFirst().ifPresent((id) -> {
			throw new NotFoundException("grant", String.valueOf(id.value()));
		});
		List<Grant> revoked = this.revocations.revokeAll(ids, confirmed.digest(), sessions);
		List<GrantId> gone = revoked.stream().map(Grant::id).toList();
		wait.with((atMost) -> this.deliveries.awaitSettled(this.reached.of(this.grants.reachesOf(gone)), atMost));
		return answers(revoked, gone);
	}

	private List<GrantAnswer> answers(List<Grant> revoked, Collection<GrantId> ids) {
		Map<GrantId, Delivery> delivered = this.deliveries.of(ids);
		Map<Long, KeyUse> uses = this.logins.lastUsesOfGrants(ids.stream().map(GrantId::value).toList());
		return revoked.stream()
			.map((grant) -> GrantAnswer.of(grant, delivered.getOrDefault(grant.id(), Delivery.NONE),
					this.clock.instant(), uses.get(grant.id().value())))
			.toList();
	}

}
