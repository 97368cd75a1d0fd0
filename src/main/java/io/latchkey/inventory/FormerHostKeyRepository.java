package io.latchkey.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.openssh.Fingerprint;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The host keys of nodes that are gone. Of each name at each address the last ones.
 */
@Repository
class FormerHostKeyRepository {

	/** An installation has thousands of nodes; beyond, the oldest are forgotten. */
	static final int MOST = 20_000;

	private final JdbcClient jdbc;

	private final HostKeyProperties properties;

	private final Clock clock;

	FormerHostKeyRepository(JdbcClient jdbc, HostKeyProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.clock = clock;
	}

	@Transactional(propagation = Propagation.MANDATORY)
	public void remember(String name, String address, int port, Collection<String> fingerprints) {
		forgetOld();
		if (fingerprints.isEmpty() || this.properties.remember().isZero()) {
			return;
		}
		String place = FormerHostKeys.placeOf(address);
		this.jdbc.sql("delete from former_host_keys where name = ? and place = ? and port = ?")
			.params(name, place, port)
			.update();
		this.jdbc.sql("""
				insert into former_host_keys (name, place, port, fingerprints, known_until)
				values (:name, :place, :port, :fingerprints, :until)""")
			.param("name", name)
			.param("place", place)
			.param("port", port)
			.param("fingerprints", fingerprints.stream().sorted().collect(Collectors.joining(" ")))
			.param("until", utc(this.clock.instant()))
			.update();
	}

	private void forgetOld() {
		this.jdbc.sql("delete from former_host_keys where known_until < ?").param(utc(since())).update();
		this.jdbc.sql("""
				delete from former_host_keys where id <=
				(select id from former_host_keys order by id desc offset :most rows fetch first 1 rows only)""")
			.param("most", MOST - 1)
			.update();
	}

	/** Those of that name, and those at that address. */
	FormerPins of(String name, String address, int port) {
		return new FormerPins(this.jdbc.sql("""
				select * from former_host_keys where known_until >= :since
				and (name = :name or (place = :place and port = :port)) order by id""")
			.param("since", utc(since()))
			.param("name", name)
			.param("place", FormerHostKeys.placeOf(address))
			.param("port", port)
			.query(FormerHostKeyRepository::former)
			.list());
	}

	FormerPins all() {
		return new FormerPins(this.jdbc.sql("select * from former_host_keys where known_until >= ? order by id")
			.param(utc(since()))
			.query(FormerHostKeyRepository::former)
			.list());
	}

	/** Somebody who may has said that another host key is right for that name there. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void forget(String name, String address, int port) {
		this.jdbc.sql("""
				delete from former_host_keys where name = :name or (place = :place and port = :port)""")
			.param("name", name)
			.param("place", FormerHostKeys.placeOf(address))
			.param("port", port)
			.update();
	}

	private Instant since() {
		return this.clock.instant().minus(this.properties.remember());
	}

	private static FormerHostKeys former(ResultSet row, int number) throws SQLException {
		return new FormerHostKeys(row.getString("name"), row.getString("place"), row.getInt("port"),
				Arrays.stream(row.getString("fingerprints").split(" ")).map(Fingerprint::parse).toList(),
				row.getObject("known_until", OffsetDateTime.class).toInstant());
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
