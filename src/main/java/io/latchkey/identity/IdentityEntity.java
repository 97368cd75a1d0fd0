package io.latchkey.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.latchkey.core.NamedEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "identity")
class IdentityEntity extends NamedEntity {

	@Enumerated(EnumType.STRING)
	private IdentityKind kind;

	private @Nullable String displayName;

	private @Nullable String email;

	@Enumerated(EnumType.STRING)
	private IdentityStatus status = IdentityStatus.ACTIVE;

	@SuppressWarnings("NullAway.Init")
	protected IdentityEntity() {
	}

	IdentityEntity(IdentityDraft draft) {
		super(draft.name());
		this.kind = draft.kind();
		this.displayName = draft.displayName();
		this.email = draft.email();
	}

	/** Returns the names of the fields that are different now. */
	List<String> change(IdentityDraft draft) {
		List<String> fields = new ArrayList<>();
		if (this.kind != draft.kind()) {
			this.kind = draft.kind();
			fields.add("kind");
		}
		if (!Objects.equals(this.displayName, draft.displayName())) {
			this.displayName = draft.displayName();
			fields.add("displayName");
		}
		if (!Objects.equals(this.email, draft.email())) {
			this.email = draft.email();
			fields.add("email");
		}
		if (!fields.isEmpty()) {
			touch();
		}
		return fields;
	}

	/** Returns whether it had another status. */
	boolean become(IdentityStatus status) {
		if (this.status == status) {
			return false;
		}
		this.status = status;
		touch();
		return true;
	}

	IdentityId id() {
		return new IdentityId(key());
	}

	Identity toIdentity(List<IdentityKey> keys, List<String> teams) {
		return new Identity(id(), name(), this.kind, this.displayName, this.email, this.status, keys, teams, version());
	}

}
