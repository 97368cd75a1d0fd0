package io.latchkey.logins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find logins, newest first. Of the filters the one that leaves the
 * fewest as a rule leads: the order begins with its column, which is the same in all
 * rows, so that its index has them in that order and no more are read than are wanted.
 */
final class LoginSearch {

	private static final String NEWEST = "at desc, id desc";

	private final List<String> conditions = new ArrayList<>();

	private final Map<String, Object> values = new HashMap<>();

	private @Nullable String leading;

	/**
	 * Where the method leads each by itself: an index has those of several in no order.
	 */
	private List<String> methods = List.of();

	LoginSearch(LoginQuery query) {
		equal("fingerprint", query.fingerprint());
		equal("grant_id", query.grant());
		equal("identity", query.identity());
		equal("address", query.address());
		equal("node", query.node());
		equal("account", query.account());
		equal("fresh", query.fresh() ? Boolean.TRUE : null);
		equal("standing", name(query.standing()));
		method(query.method());
		equal("outcome", name(query.outcome()));
		add("at >= :since", "since", JdbcColumns.at(query.since()));
		add("at < :until", "until", JdbcColumns.at(query.until()));
	}

	/** With the parameters {@code offset}, {@code size} and {@code end}, their sum. */
	String rows() {
		String page = " offset :offset rows fetch next :size rows only";
		String order = " order by " + ((this.leading != null) ? this.leading + ", " : "") + NEWEST;
		return (this.methods.size() < 2) ? branches("*").get(0) + order + page
				: "select * from (" + union("*", order, ":end") + ") found order by " + NEWEST + page;
	}

	/** Counts no more than that many, of each method. */
	String count(int most) {
		return "select count(*) from (" + union("1 as one", "", String.valueOf(most)) + ") counted";
	}

	Map<String, Object> values() {
		return this.values;
	}

	private String union(String columns, String order, String most) {
		return branches(columns).stream()
			.map((branch) -> "(" + branch + order + " fetch first " + most + " rows only)")
			.collect(Collectors.joining(" union all "));
	}

	private List<String> branches(String columns) {
		List<List<String>> branches = this.methods.isEmpty() ? List.of(List.of())
				: this.methods.stream().map((method) -> List.of("method = '" + method + "'")).toList();
		return branches.stream().map((own) -> {
			List<String> all = new ArrayList<>(own);
			all.addAll(this.conditions);
			return "select " + columns + " from login" + (all.isEmpty() ? "" : " where " + String.join(" and ", all));
		}).toList();
	}

	private void method(LoginQuery.@Nullable Method method) {
		if (method == null) {
			return;
		}
		if (this.leading == null) {
			this.leading = "method";
			this.methods = method.names();
		}
		else {
			this.conditions.add("method in ('" + String.join("', '", method.names()) + "')");
		}
	}

	private void equal(String column, @Nullable Object value) {
		if (value != null && this.leading == null) {
			this.leading = column;
		}
		add(column + " = :" + column, column, value);
	}

	private void add(String condition, String name, @Nullable Object value) {
		if (value != null) {
			this.conditions.add(condition);
			this.values.put(name, value);
		}
	}

	private static @Nullable String name(@Nullable Enum<?> value) {
		return (value != null) ? value.name() : null;
	}

}
