package io.latchkey.pages.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.logins.LoginChart;
import io.latchkey.logins.LoginCharts;
import io.latchkey.pages.Input;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * How many logins there were each day, by node or by identity: as bars, and as a table.
 */
@Controller
class LoginChartController {

	private static final int HEIGHT = 200;

	private static final int DAYS = 30;

	private static final int MOST_DAYS = 90;

	private final LoginCharts charts;

	LoginChartController(LoginCharts charts) {
		this.charts = charts;
	}

	@GetMapping("/logins/chart")
	String show(Input filter, Model model) {
		boolean byIdentity = filter.word("by").equals("identity");
		int days = filter.word("days").equals("90") ? MOST_DAYS : DAYS;
		LoginChart chart = this.charts.of(byIdentity ? LoginChart.By.IDENTITY : LoginChart.By.NODE, filter.text("node"),
				filter.text("identity"), days);
		model.addAttribute("chart", chart);
		model.addAttribute("bars", bars(chart));
		model.addAttribute("by", byIdentity ? "identity" : "node");
		model.addAttribute("days", days);
		for (Map.Entry<String, String> each : Map.of("node", filter.word("node"), "identity", filter.word("identity"))
			.entrySet()) {
			model.addAttribute(each.getKey(), each.getValue());
		}
		return "activity/chart";
	}

	private static List<Bar> bars(LoginChart chart) {
		List<Bar> bars = new ArrayList<>();
		double highest = Math.max(1, chart.highest());
		for (int day = 0; day < chart.days().size(); day++) {
			double below = HEIGHT;
			for (int nth = 0; nth < chart.series().size(); nth++) {
				double height = HEIGHT * chart.series().get(nth).counts().get(day) / highest;
				if (height > 0) {
					below -= height;
					bars.add(new Bar(nth, day, below, height));
				}
			}
		}
		return bars;
	}

	/**
	 * A part of the bar of one day, from the top.
	 *
	 * @param series which it is
	 */
	record Bar(int series, int day, double top, double height) {

	}

}
