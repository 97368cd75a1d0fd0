package io.latchkey.diagnosis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.openssh.AuthorizedKeysFile;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What was put right: of each node so many, the latest. */
@Repository
class MendRepository {

	static final int MOST_KEPT = 100;

	private final JdbcClient jdbc;

	MendRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Newest first. */
	List<Mend> of(NodeId node) {
		return read("m.node_id = ?", node.value());
	}

	Optional<Mend> find(NodeId node, long id) {
		return read("m.node_id = ? and m.id = ?", node.value(), id).stream().findFirst();
	}

	private List<Mend> read(String where, Object... values) {
		Map<Long, List<Optional<MendStep>>> steps = new HashMap<>();
		this.jdbc
			.sql("select s.* from mend_step s join mend m on m.id = s.mend_id where " + where
					+ " order by s.mend_id, s.position")
			.params(values)
			.query((row) -> {
				steps.computeIfAbsent(row.getLong("mend_id"), (id) -> new ArrayList<>()).add(step(row));
			});
		return this.jdbc.sql("select m.* from mend m where " + where + " order by m.id desc")
			.params(values)
			.query((row, number) -> mend(row, steps.getOrDefault(row.getLong("id"), List.of())))
			.list()
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	/** Whether the node is there; it is until the transaction ends. */
	boolean lock(NodeId node) {
		return !this.jdbc.sql("select id from node where id = ? for update")
			.param(node.value())
			.query(Long.class)
			.list()
			.isEmpty();
	}

	/** Tells its id, and forgets the oldest of that node. */
	long insert(NodeId node, Mend mend) {
		GeneratedKeyHolder keys = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into mend (node_id, account, identity, check_id, finding, state, as_root, at, done_by)
				values (:node, :account, :identity, :check, :finding, :state, :root, :at, :by)""")
			.param("node", node.value())
			.param("account", mend.account())
			.param("identity", mend.identity())
			.param("check", mend.check())
			.param("finding", JdbcColumns.detail(mend.finding()))
			.param("state", mend.state().name())
			.param("root", mend.asRoot())
			.param("at", JdbcColumns.at(mend.at()))
			.param("by", mend.by())
			.update(keys, "id");
		long id = Objects.requireNonNull(keys.getKey()).longValue();
		insertSteps(id, mend.steps());
		this.jdbc.sql("""
				delete from mend where node_id = :node and id not in
				(select id from mend where node_id = :node order by id desc limit :most)""")
			.param("node", node.value())
			.param("most", MOST_KEPT)
			.update();
		return id;
	}

	private void insertSteps(long id, List<MendStep> steps) {
		for (int i = 0; i < steps.size(); i++) {
			MendStep step = steps.get(i);
			this.jdbc
				.sql("""
						insert into mend_step (mend_id, position, kind, path, standing, was, becomes, old_content, new_content)
						values (:mend, :position, :kind, :path, :standing, :was, :becomes, :old, :new)""")
				.param("mend", id)
				.param("position", i)
				.param("kind", step.kind().name())
				.param("path", step.path())
				.param("standing", step.standing())
				.param("was", step.before())
				.param("becomes", step.after())
				.param("old", base64(step.was()))
				.param("new", base64(step.becomes()))
				.update();
		}
	}

	/** Unless somebody else was faster. */
	boolean end(long id, Mend.State state, @Nullable String detail, List<MendStep> steps) {
		int ended = this.jdbc.sql("update mend set state = ?, detail = ? where id = ? and state = 'BEGUN'")
			.params(Arrays.asList(state.name(), JdbcColumns.detail(detail), id))
			.update();
		settle(id, steps);
		return ended == 1;
	}

	void settle(long id, List<MendStep> steps) {
		for (int i = 0; i < steps.size(); i++) {
			this.jdbc.sql("update mend_step set becomes = ? where mend_id = ? and position = ?")
				.params(steps.get(i).after(), id, i)
				.update();
		}
	}

	boolean noteUndone(long id, Instant at, String by) {
		return this.jdbc.sql("""
				update mend set state = 'UNDONE', undone_at = ?, undone_by = ?
				where id = ? and state in ('MENDED', 'BEGUN')""")
			.params(Arrays.asList(JdbcColumns.at(at), by, id))
			.update() == 1;
	}

	/** Nothing of one that cannot be read as a whole: half of it must not be undone. */
	private static Optional<Mend> mend(ResultSet row, List<Optional<MendStep>> steps) throws SQLException {
		Optional<Mend.State> state = JdbcColumns.constant(row, "state", Mend.State.class);
		if (state.isEmpty() || steps.stream().anyMatch(Optional::isEmpty)) {
			return Optional.empty();
		}
		Instant undone = JdbcColumns.instant(row, "undone_at");
		return Optional.of(new Mend(row.getLong("id"), row.getString("account"), row.getString("identity"),
				row.getString("check_id"), row.getString("finding"), state.get(), row.getBoolean("as_root"),
				JdbcColumns.requiredInstant(row, "at"), row.getString("done_by"), row.getString("detail"),
				(undone != null) ? new Mend.Undoing(undone, row.getString("undone_by")) : null,
				steps.stream().flatMap(Optional::stream).toList()));
	}

	private static Optional<MendStep> step(ResultSet row) throws SQLException {
		Optional<MendStep.Kind> kind = JdbcColumns.constant(row, "kind", MendStep.Kind.class);
		return kind.isEmpty() ? Optional.empty()
				: Optional.of(new MendStep(kind.get(), row.getString("path"), row.getString("standing"),
						row.getString("was"), row.getString("becomes"), content(row.getString("old_content")),
						content(row.getString("new_content"))));
	}

	private static @Nullable String base64(@Nullable AuthorizedKeysFile content) {
		return (content != null) ? Base64.getEncoder().encodeToString(content.render()) : null;
	}

	private static @Nullable AuthorizedKeysFile content(@Nullable String base64) {
		return (base64 != null) ? AuthorizedKeysFile.parse(Base64.getDecoder().decode(base64)) : null;
	}

}
