package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.core.NamedRows;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface IdentityRepository extends JpaRepository<IdentityEntity, Long>, NamedRows<IdentityEntity> {

	@Query("select i.id from IdentityEntity i where i.name = :name")
	Optional<Long> findIdByName(String name);

	@Query("""
			select i from IdentityEntity i
			where lower(i.name) like :pattern escape '!' or lower(i.displayName) like :pattern escape '!'""")
	Page<IdentityEntity> search(String pattern, Pageable page);

	@Query("""
			select i.id from IdentityEntity i
			where i.id in :ids and i.status = io.latchkey.identity.IdentityStatus.SUSPENDED""")
	List<Long> someSuspendedAmong(Chunk<Long> ids);

	default List<Long> suspendedAmong(Collection<Long> ids) {
		return Chunk.collect(ids, this::someSuspendedAmong);
	}

}
