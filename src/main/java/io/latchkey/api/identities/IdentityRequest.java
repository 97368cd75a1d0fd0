package io.latchkey.api.identities;

import io.latchkey.core.Faults;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import org.jspecify.annotations.Nullable;

record IdentityRequest(@Nullable String name, @Nullable IdentityKind kind, @Nullable String displayName,
		@Nullable String email) {

	static IdentityRequest of(Identity identity) {
		return new IdentityRequest(identity.name(), identity.kind(), identity.displayName(), identity.email());
	}

	IdentityDraft toDraft() {
		Faults faults = new Faults();
		return toDraft(faults.name(this.name), faults);
	}

	IdentityDraft toDraft(String path) {
		Faults faults = new Faults();
		return toDraft(faults.name(path, this.name), faults);
	}

	private IdentityDraft toDraft(String draftName, Faults faults) {
		IdentityKind draftKind = faults.required("kind", this.kind, IdentityKind.PERSON);
		faults.check();
		return new IdentityDraft(draftName, draftKind, this.displayName, this.email);
	}

}
