package io.latchkey.pages.nodes;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The list of clusters, and one more in it.
 */
@Controller
class ClusterListController {

	private final Clusters clusters;

	ClusterListController(Clusters clusters) {
		this.clusters = clusters;
	}

	@GetMapping("/clusters")
	String list(@RequestParam(required = false) @Nullable String q,
			@PageableDefault(50) @SortDefault("name") Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("q", q);
		model.addAttribute("listing", Listing.of(this.clusters.list(q, page), request));
		return "nodes/clusters";
	}

	@GetMapping("/clusters.csv")
	void export(@RequestParam(required = false) @Nullable String q, @SortDefault("name") Pageable page,
			HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.clusters.list(q, Pageable.unpaged(page.getSort()))
			.map(ClusterListController::row)
			.getContent();
		CsvFile.send(response, "clusters.csv", List.of("name", "displayName", "nodes"), rows);
	}

	private static List<@Nullable Object> row(Cluster cluster) {
		return Arrays.asList(cluster.name(), cluster.displayName(), String.join(" ", cluster.nodes()));
	}

	@GetMapping("/add/cluster")
	String add(Model model) {
		Form.in(model, Map.of());
		return "nodes/add-cluster";
	}

	@PostMapping("/add/cluster")
	String add(Input input) {
		Cluster cluster = this.clusters.create(input.word("name"), input.text("displayName"), input.words("nodes"));
		return "redirect:" + Links.cluster(cluster.name());
	}

}
