package io.latchkey.grants;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.latchkey.core.Chunk;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface GrantRepository extends Repository<GrantEntity, Long>, JpaSpecificationExecutor<GrantEntity> {

	GrantEntity save(GrantEntity grant);

	java.util.Optional<GrantEntity> findById(long id);

	List<GrantEntity> findAllByIdIn(Chunk<Long> ids);

	default List<GrantEntity> all(Collection<Long> ids) {
		return Chunk.collect(ids, this::findAllByIdIn);
	}

	@Query("""
			select g from GrantEntity g
			where (g.revokedAt is null or g.revokedAt > :since) and (g.expiresAt is null or g.expiresAt > :since)
			and ((g.targetKind = :nodeKind and g.targetId in :nodes)
			or (g.targetKind = :clusterKind and g.targetId in :clusters))
			order by g.id""")
	List<GrantEntity> someOnTargetsSince(Chunk<Long> nodes, Chunk<Long> clusters, Instant since, Target.Kind nodeKind,
			Target.Kind clusterKind);

	default List<GrantEntity> onTargetsSince(Collection<Long> nodes, Collection<Long> clusters, Instant since) {
		return Chunk
			.pairs(nodes, clusters,
					(some, others) -> someOnTargetsSince(some, others, since, Target.Kind.NODE, Target.Kind.CLUSTER))
			.stream()
			.distinct()
			.toList();
	}

	@Query("""
			select g from GrantEntity g
			where g.revokedAt is null and (g.expiresAt is null or g.expiresAt > :now)
			and ((g.targetKind = :nodeKind and g.targetId in :nodes)
			or (g.targetKind = :clusterKind and g.targetId in :clusters))
			order by g.id""")
	List<GrantEntity> someUnendedOnTargets(Chunk<Long> nodes, Chunk<Long> clusters, Instant now, Target.Kind nodeKind,
			Target.Kind clusterKind);

	default List<GrantEntity> unendedOnTargets(Collection<Long> nodes, Collection<Long> clusters, Instant now,
			Target.Kind nodeKind, Target.Kind clusterKind) {
		return Chunk
			.pairs(nodes, clusters, (some, others) -> someUnendedOnTargets(some, others, now, nodeKind, clusterKind))
			.stream()
			.sorted(Comparator.comparing((grant) -> grant.id().value()))
			.toList();
	}

	@Query("""
			select g from GrantEntity g
			where g.revokedAt is null and (g.expiresAt is null or g.expiresAt > :now)
			and ((g.subjectKind = :identityKind and g.subjectId in :identities)
			or (g.subjectKind = :teamKind and g.subjectId in :teams))
			order by g.id""")
	List<GrantEntity> someUnendedOfSubjects(Chunk<Long> identities, Chunk<Long> teams, Instant now,
			Subject.Kind identityKind, Subject.Kind teamKind);

	default List<GrantEntity> unendedOfSubjects(Collection<Long> identities, Collection<Long> teams, Instant now,
			Subject.Kind identityKind, Subject.Kind teamKind) {
		return Chunk
			.pairs(identities, teams,
					(some, others) -> someUnendedOfSubjects(some, others, now, identityKind, teamKind))
			.stream()
			.sorted(Comparator.comparing((grant) -> grant.id().value()))
			.toList();
	}

	@Query("""
			select g from GrantEntity g
			where g.revokedAt is null and g.startsAt <= :now and g.expiresAt > :now and g.expiresAt <= :until
			order by g.expiresAt, g.id""")
	List<GrantEntity> endingBetween(Instant now, Instant until, Limit limit);

	@Query("""
			select count(g) from GrantEntity g
			where g.revokedAt is null and g.startsAt <= :now and (g.expiresAt is null or g.expiresAt > :now)""")
	long countActive(Instant now);

	@Query("""
			select count(g) from GrantEntity g
			where g.revokedAt is null and g.startsAt <= :now and g.expiresAt > :now and g.expiresAt <= :until""")
	long countEndingBetween(Instant now, Instant until);

	@Query("""
			select new io.latchkey.grants.TargetTally(g.targetName,
				count(distinct case when g.subjectKind = io.latchkey.grants.Subject$Kind.IDENTITY and not exists (
					select 1 from IdentityEntity i where i.id = g.subjectId
					and i.status = io.latchkey.identity.IdentityStatus.SUSPENDED) then g.subjectId end),
				count(distinct case when g.subjectKind = io.latchkey.grants.Subject$Kind.TEAM then g.subjectId end),
				count(g), sum(case when g.expiresAt <= :soon then 1L else 0L end),
				sum(case when g.expiresAt is null then 1L else 0L end))
			from GrantEntity g
			where g.targetKind = :kind and g.revokedAt is null and g.startsAt <= :now
				and (g.expiresAt is null or g.expiresAt > :now)
			group by g.targetName""")
	List<TargetTally> tallyByName(Target.Kind kind, Instant now, Instant soon);

	@Query("""
			select new io.latchkey.grants.TargetTally('',
				count(distinct case when g.subjectKind = io.latchkey.grants.Subject$Kind.IDENTITY and not exists (
					select 1 from IdentityEntity i where i.id = g.subjectId
					and i.status = io.latchkey.identity.IdentityStatus.SUSPENDED) then g.subjectId end),
				count(distinct case when g.subjectKind = io.latchkey.grants.Subject$Kind.TEAM then g.subjectId end),
				count(g), sum(case when g.expiresAt <= :soon then 1L else 0L end),
				sum(case when g.expiresAt is null then 1L else 0L end))
			from GrantEntity g
			where g.targetKind = :kind and g.revokedAt is null and g.startsAt <= :now
				and (g.expiresAt is null or g.expiresAt > :now)
			group by g.targetKind""")
	List<TargetTally> tallyOfKind(Target.Kind kind, Instant now, Instant soon);

}
