package io.latchkey.logins;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/** Counts the logins of days. */
@Service
public class LoginCharts {

	/** More are one, as others. */
	private static final int MOST_SERIES = 5;

	private final LoginRepository logins;

	private final Clock clock;

	LoginCharts(LoginRepository logins, Clock clock) {
		this.logins = logins;
		this.clock = clock;
	}

	/**
	 * Of so many days until now.
	 * @param node on which alone; null for all
	 * @param identity whose alone; null for everybody's
	 */
	public LoginChart of(LoginChart.By by, @Nullable String node, @Nullable String identity, int days) {
		LocalDate first = LoginRepository.day(this.clock.instant()).minusDays(days - 1L);
		Map<String, Long[]> counts = new HashMap<>();
		this.logins.perDay(by, node, identity, first).forEach((count) -> {
			int day = (int) (count.day().toEpochDay() - first.toEpochDay());
			if (day < days) {
				counts.computeIfAbsent(count.name(), (name) -> zeros(days))[day] += count.times();
			}
		});
		return new LoginChart(IntStream.range(0, days).mapToObj(first::plusDays).toList(), series(counts, days));
	}

	private static List<LoginChart.Series> series(Map<String, Long[]> counts, int days) {
		List<LoginChart.Series> all = counts.entrySet()
			.stream()
			.map((each) -> new LoginChart.Series(each.getKey(), false, List.of(each.getValue())))
			.sorted(Comparator.comparing(LoginChart.Series::total).reversed().thenComparing(LoginChart.Series::name))
			.toList();
		if (all.size() <= MOST_SERIES + 1) {
			return all;
		}
		Long[] others = zeros(days);
		all.subList(MOST_SERIES, all.size())
			.forEach((each) -> IntStream.range(0, days).forEach((day) -> others[day] += each.counts().get(day)));
		List<LoginChart.Series> shown = new ArrayList<>(all.subList(0, MOST_SERIES));
		shown.add(new LoginChart.Series("", true, List.of(others)));
		return Collections.unmodifiableList(shown);
	}

	private static Long[] zeros(int days) {
		Long[] zeros = new Long[days];
		Arrays.fill(zeros, 0L);
		return zeros;
	}

}
