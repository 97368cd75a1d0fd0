package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.grants.Grant;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;

import org.springframework.stereotype.Component;

/** Whether Latchkey was to let the identity in at all. */
@Component
class GrantCheck implements Check {

	@Override
	public String id() {
		return "grant";
	}

	@Override
	public Stage stage() {
		return Stage.RECORDS;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Identity identity = facts.identity();
		if (identity == null) {
			return List.of();
		}
		if (identity.status() == IdentityStatus.SUSPENDED) {
			return List.of(Trouble.problem("suspended", identity.name(), facts.account()));
		}
		if (identity.keys().isEmpty()) {
			return List.of(Trouble.problem("no-key", identity.name(), facts.account()));
		}
		if (identity.keys()
			.stream()
			.allMatch((key) -> key.expiresAt() != null && !facts.now().isBefore(key.expiresAt()))) {
			return List.of(Trouble.problem("keys-ended", identity.name(), facts.account()));
		}
		if (facts.grants().stream().anyMatch((grant) -> !grant.startsAt().isAfter(facts.now()))) {
			return List.of();
		}
		return List.of(withoutGrant(facts, identity.name()));
	}

	/** Keys that somebody put there by hand let in all the same. */
	private static Trouble withoutGrant(LoginFacts facts, String name) {
		if (facts.standsSomewhere()) {
			return Trouble.warning("by-hand", name, facts.account());
		}
		if (!facts.grants().isEmpty()) {
			return Trouble.problem("not-begun", name, facts.account(), facts.grants().get(0).startsAt().toString(),
					String.valueOf(facts.grants().get(0).id().value()));
		}
		if (!facts.onRecord().ended().isEmpty()) {
			return ended(facts, name, facts.onRecord().ended().get(0));
		}
		return facts.onRecord().otherAccounts().isEmpty()
				? Trouble.problem("no-grant", name, facts.account(), facts.node().name())
				: Trouble.problem("other-account", name, facts.account(), facts.node().name(),
						String.join(", ", facts.onRecord().otherAccounts()));
	}

	private static Trouble ended(LoginFacts facts, String name, Grant grant) {
		String id = String.valueOf(grant.id().value());
		if (grant.history().revokedAt() != null) {
			return Trouble.problem("grant-revoked", name, facts.account(), id, grant.history().revokedAt().toString(),
					String.valueOf(grant.history().revokedBy()));
		}
		return Trouble.problem("grant-ended", name, facts.account(), id, String.valueOf(grant.expiresAt()));
	}

}
