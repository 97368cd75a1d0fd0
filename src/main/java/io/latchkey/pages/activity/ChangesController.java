package io.latchkey.pages.activity;

import java.util.List;

import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditTrail;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What was changed, by whom.
 */
@Controller
class ChangesController {

	private final AuditTrail trail;

	ChangesController(AuditTrail trail) {
		this.trail = trail;
	}

	@GetMapping("/changes")
	String list(Input filter, @PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		Pageable unsorted = PageRequest.of(page.getPageNumber(), page.getPageSize());
		AuditQuery query = new AuditQuery(filter.text("actor"), filter.text("action"), filter.text("subject"), null,
				null, filter.text("q"));
		model.addAttribute("listing", Listing.of(this.trail.list(query, unsorted).map(ChangeRow::of), request));
		for (String field : List.of("q", "actor", "action", "subject")) {
			model.addAttribute(field, filter.word(field));
		}
		model.addAttribute("filtered", !query.equals(AuditQuery.ALL));
		return "activity/changes";
	}

}
