package io.latchkey.identity;

import java.util.Collection;
import java.util.List;

import io.latchkey.core.Chunk;
import io.latchkey.core.NamedRows;
import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface TeamRepository extends JpaRepository<TeamEntity, Long>, NamedRows<TeamEntity> {

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select t from TeamEntity t where :identityId member of t.members order by t.id")
	List<TeamEntity> lockAllWith(long identityId);

	@Query("""
			select t from TeamEntity t
			where lower(t.name) like :pattern escape '!' or lower(t.displayName) like :pattern escape '!'""")
	Page<TeamEntity> search(String pattern, Pageable page);

	@Query("""
			select t.id as team, t.name as teamName, m as identity
			from TeamEntity t join t.members m
			where m in :identityIds order by t.name""")
	List<Membership> someMembershipsOf(Chunk<Long> identityIds);

	default List<Membership> membershipsOf(Collection<Long> identityIds) {
		return Chunk.collect(identityIds, this::someMembershipsOf);
	}

	@Query("""
			select t.id as team, t.name as teamName, m as identity
			from TeamEntity t join t.members m
			where t.id in :teamIds""")
	List<Membership> someMembershipsIn(Chunk<Long> teamIds);

	default List<Membership> membershipsIn(Collection<Long> teamIds) {
		return Chunk.collect(teamIds, this::someMembershipsIn);
	}

	@Query("""
			select t.id as team, i.name as name
			from TeamEntity t join t.members m join IdentityEntity i on i.id = m
			where t.id in :teamIds order by i.name""")
	List<MemberName> someMemberNamesIn(Chunk<Long> teamIds);

	default List<MemberName> memberNamesIn(Collection<Long> teamIds) {
		return Chunk.collect(teamIds, this::someMemberNamesIn);
	}

	/** That an identity is in a team. */
	interface Membership {

		long getTeam();

		String getTeamName();

		long getIdentity();

	}

	/** The name of an identity in a team. */
	interface MemberName {

		long getTeam();

		String getName();

	}

}
