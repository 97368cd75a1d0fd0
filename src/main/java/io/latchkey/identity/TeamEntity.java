package io.latchkey.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.GroupEntity;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "team")
class TeamEntity extends GroupEntity {

	@ElementCollection
	@CollectionTable(name = "team_member", joinColumns = @JoinColumn(name = "team_id"))
	@Column(name = "identity_id")
	private Set<Long> members = new HashSet<>();

	protected TeamEntity() {
	}

	TeamEntity(String name, @Nullable String displayName) {
		super(name, displayName);
	}

	@Override
	protected Set<Long> memberKeys() {
		return this.members;
	}

	TeamId id() {
		return new TeamId(key());
	}

	Set<IdentityId> members() {
		return this.members.stream().map(IdentityId::new).collect(Collectors.toUnmodifiableSet());
	}

	Team toTeam(List<String> memberNames) {
		return new Team(id(), name(), displayName(), memberNames, version());
	}

}
