package io.latchkey.grants;

import java.util.Set;

import io.latchkey.identity.IdentityDeleted;
import io.latchkey.identity.TeamDeleted;
import io.latchkey.inventory.ClusterDeleted;
import io.latchkey.inventory.NodeRemoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Revokes the grants of what is deleted, in the same transaction.
 */
@Component
class EndedSubjects {

	private final Grants grants;

	EndedSubjects(Grants grants) {
		this.grants = grants;
	}

	@EventListener
	void on(IdentityDeleted event) {
		this.grants.revokeAllOf(Set.of(event.id()), Set.of());
	}

	@EventListener
	void on(TeamDeleted event) {
		this.grants.revokeAllOf(Set.of(), Set.of(event.id()));
	}

	@EventListener
	void on(NodeRemoved event) {
		this.grants.revokeAllOn(Set.of(event.id()), Set.of());
	}

	@EventListener
	void on(ClusterDeleted event) {
		this.grants.revokeAllOn(Set.of(), Set.of(event.id()));
	}

}
