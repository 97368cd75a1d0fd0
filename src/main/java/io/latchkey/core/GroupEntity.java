package io.latchkey.core;

import java.util.Objects;
import java.util.Set;

import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/**
 * A row of a kind that has others in it: a team with its identities, a cluster with its
 * nodes.
 */
@MappedSuperclass
public abstract class GroupEntity extends NamedEntity {

	private @Nullable String displayName;

	@SuppressWarnings("NullAway.Init")
	protected GroupEntity() {
	}

	protected GroupEntity(String name, @Nullable String displayName) {
		super(name);
		this.displayName = displayName;
	}

	/** The ids of what is in it, which a change of the set changes. */
	protected abstract Set<Long> memberKeys();

	/** Returns whether it is another than before. */
	public boolean rename(@Nullable String displayName) {
		if (Objects.equals(this.displayName, displayName)) {
			return false;
		}
		this.displayName = displayName;
		touch();
		return true;
	}

	public @Nullable String displayName() {
		return this.displayName;
	}

}
