package io.latchkey.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "team")
class TeamEntity {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String name;

	private @Nullable String displayName;

	private long version;

	@ElementCollection
	@CollectionTable(name = "team_member", joinColumns = @JoinColumn(name = "team_id"))
	@Column(name = "identity_id")
	private Set<Long> members = new HashSet<>();

	@SuppressWarnings("NullAway.Init")
	protected TeamEntity() {
	}

	TeamEntity(String name, @Nullable String displayName) {
		this.name = name;
		this.displayName = displayName;
	}

	/** Returns whether it is another than before. */
	boolean rename(@Nullable String displayName) {
		if (Objects.equals(this.displayName, displayName)) {
			return false;
		}
		this.displayName = displayName;
		touch();
		return true;
	}

	void add(IdentityId identity) {
		this.members.add(identity.value());
	}

	void remove(IdentityId identity) {
		this.members.remove(identity.value());
	}

	void touch() {
		this.version++;
	}

	TeamId id() {
		return new TeamId(Objects.requireNonNull(this.id));
	}

	String name() {
		return this.name;
	}

	Set<IdentityId> members() {
		return this.members.stream().map(IdentityId::new).collect(Collectors.toUnmodifiableSet());
	}

	long version() {
		return this.version;
	}

	Team toTeam(List<String> memberNames) {
		return new Team(id(), this.name, this.displayName, memberNames, this.version);
	}

}
