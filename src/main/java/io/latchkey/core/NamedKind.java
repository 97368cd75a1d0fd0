package io.latchkey.core;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A kind of thing of which each has a name of its own: identities, teams, nodes and
 * clusters.
 *
 * @param word in lower case, such as {@code node}
 * @param uniqueName what keeps a name to one of them
 */
public record NamedKind(String word, UniqueConstraint uniqueName) {

	public NotFoundException notFound(String name) {
		return new NotFoundException(this.word, name);
	}

	/**
	 * @param other what has the name already
	 * @throws NameInUseException when something has
	 */
	public void checkIsFree(String name, Optional<?> other) {
		if (other.isPresent()) {
			throw new NameInUseException(this.word, name);
		}
	}

	/**
	 * @param present the version of the one that there is
	 * @param expected null for any, also none
	 * @throws VersionConflictException when it is another
	 */
	public void checkVersion(String name, Optional<Long> present, @Nullable Long expected) {
		if (expected != null && !present.equals(Optional.of(expected))) {
			throw new VersionConflictException(this.word, name);
		}
	}

	/**
	 * Inserts one, though another of its name may have come since it was looked for.
	 * @param insert has to flush
	 * @throws NameInUseException when one has
	 */
	public <T> T inserted(String name, Supplier<T> insert) {
		try {
			return insert.get();
		}
		catch (DataIntegrityViolationException ex) {
			if (this.uniqueName.isViolatedBy(ex)) {
				throw new NameInUseException(this.word, name);
			}
			throw ex;
		}
	}

}
