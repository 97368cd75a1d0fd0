package io.latchkey.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Chunk;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface KeyRepository extends JpaRepository<KeyEntity, Long> {

	Optional<KeyEntity> findByIdentityIdAndFingerprint(long identityId, String fingerprint);

	List<KeyEntity> findByIdentityIdInOrderById(Chunk<Long> identityIds);

	default List<KeyEntity> allOf(Collection<Long> identityIds) {
		return Chunk.collect(identityIds, this::findByIdentityIdInOrderById);
	}

	@Query("""
			select new io.latchkey.identity.KeyRepository$Held(k, i.name)
			from KeyEntity k join IdentityEntity i on i.id = k.identityId
			where i.id in :identityIds and i.status = io.latchkey.identity.IdentityStatus.ACTIVE order by k.id""")
	List<Held> someFindActive(Chunk<Long> identityIds);

	default List<Held> findActive(Collection<Long> identityIds) {
		return Chunk.collect(identityIds, this::someFindActive);
	}

	@Query("""
			select new io.latchkey.identity.KeyRepository$Held(k, i.name)
			from KeyEntity k join IdentityEntity i on i.id = k.identityId
			where k.expiresAt > :after and k.expiresAt <= :until
			and i.status = io.latchkey.identity.IdentityStatus.ACTIVE order by k.expiresAt, k.id""")
	List<Held> findEnding(Instant after, Instant until);

	@Query("""
			select k.fingerprint as fingerprint, i.name as owner
			from KeyEntity k join IdentityEntity i on i.id = k.identityId where k.fingerprint in :fingerprints""")
	List<Owned> someOwnersOf(Chunk<String> fingerprints);

	default List<Owned> ownersOf(Collection<String> fingerprints) {
		return Chunk.collect(fingerprints, this::someOwnersOf);
	}

	/** A key and the name of its identity. */
	record Held(KeyEntity key, String identityName) {

	}

	/** A fingerprint and the name of its identity. */
	interface Owned {

		String getFingerprint();

		String getOwner();

	}

}
