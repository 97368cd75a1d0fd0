package io.latchkey.grants;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "access_grant")
class GrantEntity {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Enumerated(EnumType.STRING)
	private Subject.Kind subjectKind;

	private long subjectId;

	private String subjectName;

	@Enumerated(EnumType.STRING)
	private Target.Kind targetKind;

	private long targetId;

	private String targetName;

	private String account;

	private Instant startsAt;

	private @Nullable Instant expiresAt;

	private @Nullable String reason;

	@Convert(converter = GrantOptionsConverter.class)
	@Column(name = "options")
	private GrantOptions options;

	private String grantedBy;

	private Instant grantedAt;

	private @Nullable String revokedBy;

	private @Nullable Instant revokedAt;

	@Version
	private long version;

	@SuppressWarnings("NullAway.Init")
	protected GrantEntity() {
	}

	GrantEntity(ResolvedGrant resolved, String grantedBy, Instant grantedAt) {
		GrantDraft draft = resolved.draft();
		this.subjectKind = draft.subject().kind();
		this.subjectId = resolved.subjectId();
		this.subjectName = draft.subject().name();
		this.targetKind = draft.target().kind();
		this.targetId = resolved.targetId();
		this.targetName = draft.target().name();
		this.account = draft.account();
		this.startsAt = resolved.startsAt();
		this.expiresAt = resolved.expiresAt();
		this.reason = draft.reason();
		this.options = draft.options();
		this.grantedBy = grantedBy;
		this.grantedAt = grantedAt;
	}

	GrantId id() {
		if (this.id == null) {
			throw new IllegalStateException("Not stored yet");
		}
		return new GrantId(this.id);
	}

	boolean isRevoked() {
		return this.revokedAt != null;
	}

	void revoke(String by, Instant at) {
		this.revokedBy = by;
		this.revokedAt = at;
	}

	void changeEnd(Instant end) {
		this.expiresAt = end;
	}

	GrantReach reach() {
		return new GrantReach(id(), this.subjectKind, this.subjectId, this.targetKind, this.targetId, this.account,
				this.startsAt, this.expiresAt, this.options);
	}

	Grant toGrant() {
		return new Grant(id(), new Subject(this.subjectKind, this.subjectName),
				new Target(this.targetKind, this.targetName), this.account, this.startsAt, this.expiresAt, this.options,
				new Grant.History(this.grantedBy, this.grantedAt, this.reason, this.revokedBy, this.revokedAt),
				this.version);
	}

}
