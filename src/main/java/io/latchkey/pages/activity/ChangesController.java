package io.latchkey.pages.activity;

import io.latchkey.audit.AuditTrail;
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
	String list(@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		Pageable unsorted = PageRequest.of(page.getPageNumber(), page.getPageSize());
		model.addAttribute("listing", Listing.of(this.trail.list(unsorted), request));
		return "activity/changes";
	}

}
