package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.core.IdAndName;
import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface IdentityRepository extends JpaRepository<IdentityEntity, Long> {

	Optional<IdentityEntity> findByName(String name);

	@Query("select i.id from IdentityEntity i where i.name = :name")
	Optional<Long> findIdByName(String name);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select i from IdentityEntity i where i.name = :name")
	Optional<IdentityEntity> lockByName(String name);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select i from IdentityEntity i where i.id in :ids order by i.id")
	List<IdentityEntity> someLockAll(Chunk<Long> ids);

	default List<IdentityEntity> lockAll(Collection<Long> ids) {
		return Chunk.collect(ids.stream().sorted().toList(), this::someLockAll);
	}

	@Query("""
			select i from IdentityEntity i
			where lower(i.name) like :pattern escape '!' or lower(i.displayName) like :pattern escape '!'""")
	Page<IdentityEntity> search(String pattern, Pageable page);

	@Query("select i.id as id, i.name as name from IdentityEntity i where i.name in :names")
	List<IdAndName> someIdsOf(Chunk<String> names);

	default List<IdAndName> idsOf(Collection<String> names) {
		return Chunk.collect(names, this::someIdsOf);
	}

	@Query("select i.id as id, i.name as name from IdentityEntity i where i.id in :ids")
	List<IdAndName> someNamesOf(Chunk<Long> ids);

	default List<IdAndName> namesOf(Collection<Long> ids) {
		return Chunk.collect(ids, this::someNamesOf);
	}

	@Query("""
			select i.id from IdentityEntity i
			where i.id in :ids and i.status = io.latchkey.identity.IdentityStatus.SUSPENDED""")
	List<Long> someSuspendedAmong(Chunk<Long> ids);

	default List<Long> suspendedAmong(Collection<Long> ids) {
		return Chunk.collect(ids, this::someSuspendedAmong);
	}

}
