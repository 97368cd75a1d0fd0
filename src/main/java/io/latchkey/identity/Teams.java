package io.latchkey.identity;

import io.latchkey.core.Saved;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The teams and who is in them.
 */
public class Teams {

	public Team create(String name, @Nullable String displayName, java.util.List<String> members) {
		throw new UnsupportedOperationException();
	}

	public Saved<Team> put(String name, @Nullable String displayName, java.util.List<String> members,
			@Nullable Long expectedVersion) {
		throw new UnsupportedOperationException();
	}

	public void delete(String name) {
		throw new UnsupportedOperationException();
	}

	public Team get(String name) {
		throw new UnsupportedOperationException();
	}

	public Page<Team> list(@Nullable String query, Pageable page) {
		throw new UnsupportedOperationException();
	}

	public Team addMember(String team, String identity) {
		throw new UnsupportedOperationException();
	}

	public Team removeMember(String team, String identity) {
		throw new UnsupportedOperationException();
	}

}
