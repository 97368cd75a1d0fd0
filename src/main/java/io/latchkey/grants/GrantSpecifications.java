package io.latchkey.grants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.core.SearchText;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import org.springframework.data.jpa.domain.Specification;

/** From a query for grants to the conditions of the database. */
final class GrantSpecifications {

	private GrantSpecifications() {
	}

	static Specification<GrantEntity> of(GrantQuery query, Instant now) {
		return (root, criteria, builder) -> builder.and(predicates(query, now, root, builder));
	}

	private static List<Predicate> predicates(GrantQuery query, Instant now, Root<GrantEntity> root,
			CriteriaBuilder builder) {
		List<Predicate> all = new ArrayList<>();
		if (query.subject() != null) {
			all.add(builder.equal(root.get("subjectKind"), query.subject().kind()));
			all.add(builder.equal(root.get("subjectName"), query.subject().name()));
		}
		if (query.target() != null) {
			all.add(builder.equal(root.get("targetKind"), query.target().kind()));
			all.add(builder.equal(root.get("targetName"), query.target().name()));
		}
		if (query.account() != null) {
			all.add(builder.equal(root.get("account"), query.account()));
		}
		if (query.endsBefore() != null) {
			all.add(builder.lessThan(root.get("expiresAt"), query.endsBefore()));
		}
		if (query.status() != null) {
			all.add(ofStatus(query.status(), now, root, builder));
		}
		if (query.text() != null) {
			all.add(holds(query.text(), root, builder));
		}
		return all;
	}

	private static Predicate holds(String text, Root<GrantEntity> root, CriteriaBuilder builder) {
		String pattern = SearchText.pattern(text);
		return builder.or(Stream.of("subjectName", "targetName", "account", "reason")
			.map((field) -> builder.like(builder.lower(root.get(field)), pattern, '!'))
			.toArray(Predicate[]::new));
	}

	private static Predicate ofStatus(GrantStatus status, Instant now, Root<GrantEntity> root,
			CriteriaBuilder builder) {
		Predicate revoked = builder.isNotNull(root.get("revokedAt"));
		if (status == GrantStatus.REVOKED) {
			return revoked;
		}
		Predicate expired = builder.lessThanOrEqualTo(root.get("expiresAt"), now);
		if (status == GrantStatus.EXPIRED) {
			return builder.and(builder.not(revoked), expired);
		}
		Predicate unended = builder.and(builder.not(revoked),
				builder.or(builder.isNull(root.get("expiresAt")), builder.greaterThan(root.get("expiresAt"), now)));
		Predicate started = builder.lessThanOrEqualTo(root.get("startsAt"), now);
		return builder.and(unended, (status == GrantStatus.ACTIVE) ? started : builder.not(started));
	}

}
