package io.latchkey.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/**
 * What every repository of a {@link NamedKind} answers.
 *
 * @param <E> the rows
 */
public interface NamedRows<E extends NamedEntity> {

	Optional<E> findByName(String name);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select e from #{#entityName} e where e.name = :name")
	Optional<E> lockByName(String name);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select e from #{#entityName} e where e.id in :ids order by e.id")
	List<E> someLockAll(Chunk<Long> ids);

	/** In the order of their ids, so that two never lock each other out. */
	default List<E> lockAll(Collection<Long> ids) {
		return Chunk.collect(ids.stream().sorted().toList(), this::someLockAll);
	}

	@Query("select e.id as id, e.name as name from #{#entityName} e where e.name in :names")
	List<IdAndName> someIdsOf(Chunk<String> names);

	default List<IdAndName> idsOf(Collection<String> names) {
		return Chunk.collect(names, this::someIdsOf);
	}

	@Query("select e.id as id, e.name as name from #{#entityName} e where e.id in :ids")
	List<IdAndName> someNamesOf(Chunk<Long> ids);

	default List<IdAndName> namesOf(Collection<Long> ids) {
		return Chunk.collect(ids, this::someNamesOf);
	}

	void flush();

}
