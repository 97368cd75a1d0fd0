package io.latchkey.pages;

import java.time.Duration;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.delivery.Deliveries;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;

import org.springframework.stereotype.Component;

/** People with a key, and grants that let them in as {@code deploy} for an hour. */
@Component
class People {

	private final Identities identities;

	private final Grants grants;

	private final Deliveries deliveries;

	People(Identities identities, Grants grants, Deliveries deliveries) {
		this.identities = identities;
		this.grants = grants;
		this.deliveries = deliveries;
	}

	void add(String name) {
		this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		this.identities.addKey(name, SampleKeys.ed25519(), null, null);
	}

	/**
	 * @param subject such as {@code team:ops}
	 * @param target such as {@code node:web1}
	 */
	Grant let(String subject, String target) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), "deploy", null,
				Duration.ofHours(1), null, null, GrantOptions.NONE));
	}

	/** The same, and waits until that is in place or cannot be for now. */
	Grant letIn(String subject, String target) {
		Grant grant = let(subject, target);
		this.deliveries.awaitSettled(grant.id(), Patience.of(Duration.ofSeconds(30)));
		return grant;
	}

}
