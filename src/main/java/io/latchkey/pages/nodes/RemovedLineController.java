package io.latchkey.pages.nodes;

import java.util.List;

import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.foreignkeys.RemovedLines;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of what exclusive mode took off a node, and the way back.
 */
@Controller
class RemovedLineController {

	private final RemovedLines lines;

	private final RemovedRows rows;

	private final Nodes nodes;

	RemovedLineController(RemovedLines lines, RemovedRows rows, Nodes nodes) {
		this.lines = lines;
		this.rows = rows;
		this.nodes = nodes;
	}

	@GetMapping("/nodes/{name}/removed-lines")
	String list(@PathVariable String name, @RequestParam(required = false) @Nullable String q,
			@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		Node node = this.nodes.get(name);
		Pageable unsorted = PageRequest.of(page.getPageNumber(), page.getPageSize());
		model.addAttribute("node", node);
		model.addAttribute("q", q);
		model.addAttribute("listing", Listing.of(this.rows.list(node.id(), q, unsorted), request));
		return "nodes/removed";
	}

	@PostMapping("/nodes/{name}/removed-lines/{id}/restore")
	String restore(@PathVariable String name, @PathVariable String id, Input input, RedirectAttributes list) {
		this.lines.restore(name, RemovedLine.parseId(id));
		return back(name, input, list);
	}

	@PostMapping("/nodes/{name}/removed-lines/{id}/let-go")
	String letGo(@PathVariable String name, @PathVariable String id, Input input, RedirectAttributes list) {
		this.lines.letGo(name, RemovedLine.parseId(id));
		return back(name, input, list);
	}

	/** To the list as it was, where the line shows how it stands now. */
	private static String back(String name, Input input, RedirectAttributes list) {
		for (String field : List.of("q", "page", "size")) {
			if (input.text(field) != null) {
				list.addAttribute(field, input.word(field));
			}
		}
		return "redirect:" + Links.node(name) + "/removed-lines";
	}

}
