package io.latchkey.sandbox;

import java.util.List;

import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;

/**
 * The sandbox's identities, each with a key pair in the sandbox's folder, and its team.
 */
class SandboxPeople {

	static final String ALICE = "alice";

	static final String BOB = "bob";

	static final String PIPELINE = "ci-deploy";

	static final String VISITOR = "visitor";

	static final String TEAM = "ops";

	private static final List<IdentityDraft> DRAFTS = List.of(
			new IdentityDraft(ALICE, IdentityKind.PERSON, "Alice Archer", "alice@example.org"),
			new IdentityDraft(BOB, IdentityKind.PERSON, "Bob Baker", "bob@example.org"),
			new IdentityDraft(PIPELINE, IdentityKind.SERVICE, "Deployment pipeline", null),
			new IdentityDraft(VISITOR, IdentityKind.PERSON, "You, the visitor", null));

	private final SandboxFolder folder;

	private final Identities identities;

	private final Teams teams;

	SandboxPeople(SandboxFolder folder, Identities identities, Teams teams) {
		this.folder = folder;
		this.identities = identities;
		this.teams = teams;
	}

	void furnish() {
		DRAFTS.forEach(this::add);
		this.teams.put(TEAM, "Operations", List.of(ALICE, BOB), null);
	}

	private void add(IdentityDraft draft) {
		Identity identity = this.identities.find(draft.name()).orElseGet(() -> this.identities.create(draft));
		if (identity.keys().isEmpty()) {
			String key = this.folder.keyOf(draft.name()).publicKey();
			this.identities.addKey(draft.name(), key, draft.name() + "@sandbox", null);
		}
	}

}
