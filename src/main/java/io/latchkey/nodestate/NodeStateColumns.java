package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** A node's state as a row has it. */
public final class NodeStateColumns {

	private NodeStateColumns() {
	}

	public static NodeStateRow row(ResultSet row, int number) throws SQLException {
		return new NodeStateRow(new NodeId(row.getLong("node_id")),
				JdbcColumns.constant(row, "state", NodeState.FAILED), JdbcColumns.requiredInstant(row, "since"),
				new NodeStateRow.Demand(row.getLong("wanted_generation"), row.getLong("attempted_generation"),
						JdbcColumns.constant(row, "run_trigger", Run.Trigger.MANUAL), row.getInt("failures")),
				new NodeChecks(JdbcColumns.instant(row, "last_checked_at"), JdbcColumns.instant(row, "last_in_sync_at"),
						JdbcColumns.instant(row, "next_check_at")),
				new SshdMemory(row.getString("ssh_version"), zone(row.getString("zone")),
						nullableLong(row, "clock_offset_millis"), row.getString("sshd_config"),
						row.getBoolean("strict_modes"), row.getLong("clock_allowance_seconds")),
				new NodeRemarks(row.getString("detail"), lines(row.getString("findings")),
						row.getString("shown_host_key"), unseen(row)),
				JdbcColumns.instant(row, "missed_since"));
	}

	/** The node says it anew in each run. */
	private static ZoneOffset zone(String column) {
		try {
			return ZoneOffset.of(column);
		}
		catch (DateTimeException ex) {
			return ZoneOffset.UTC;
		}
	}

	private static List<String> lines(@Nullable String column) {
		return (column != null) ? List.of(column.split("\n")) : List.of();
	}

	private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
		long value = row.getLong(column);
		return row.wasNull() ? null : value;
	}

	static UnseenAccounts unseen(ResultSet row) throws SQLException {
		return new UnseenAccounts(JdbcColumns.constant(row, "unseen_reason", UnseenAccounts.Reason.NOT_YET),
				row.getInt("unseen_accounts"));
	}

	/** All but the generation that is wanted. */
	static MapSqlParameterSource of(NodeStateRow row) {
		return new MapSqlParameterSource("state", row.state().name())
			.addValue("detail", JdbcColumns.detail(row.remarks().detail()))
			.addValue("since", JdbcColumns.at(row.since()))
			.addValue("attempted", row.demand().attempted())
			.addValue("trigger", row.demand().trigger().name())
			.addValue("failures", row.demand().failures())
			.addValue("checked", JdbcColumns.at(row.checks().last()))
			.addValue("inSync", JdbcColumns.at(row.checks().lastInSync()))
			.addValue("next", JdbcColumns.at(row.checks().next()))
			.addValue("version", row.sshd().version())
			.addValue("offset", row.sshd().clockOffsetMillis())
			.addValue("zone", row.sshd().zone().getId())
			.addValue("config", row.sshd().config())
			.addValue("strictModes", row.sshd().strictModes())
			.addValue("allowance", row.sshd().clockAllowanceSeconds())
			.addValue("findings",
					row.remarks().findings().isEmpty() ? null : String.join("\n", row.remarks().findings()))
			.addValue("shown", shortened(row.remarks().shownHostKey()))
			.addValue("unseenReason", row.remarks().unseen().reason().name())
			.addValue("unseenAccounts", row.remarks().unseen().count())
			.addValue("missed", JdbcColumns.at(row.missedSince()))
			.addValue("node", row.node().value());
	}

	/** A hostile node may name more algorithms than there are. */
	private static @Nullable String shortened(@Nullable String text) {
		return (text != null) ? text.substring(0, Math.min(text.length(), 500)) : null;
	}

}
