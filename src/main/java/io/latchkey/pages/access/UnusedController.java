package io.latchkey.pages.access;

import java.time.Duration;
import java.util.List;

import io.latchkey.logins.UnusedAccess;
import io.latchkey.logins.UnusedGrant;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Access that nobody has used for a time, and of which it is not known.
 */
@Controller
class UnusedController {

	private static final List<Integer> DAYS = List.of(30, 90);

	/** As many as are revoked at once. */
	private static final int MOST_ROWS = 100;

	private final UnusedAccess unused;

	UnusedController(UnusedAccess unused) {
		this.unused = unused;
	}

	@GetMapping("/grants/unused")
	String grants(Input filter, @PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		int days = days(filter);
		Page<UnusedGrant> found = this.unused.grants(Duration.ofDays(days), bounded(page));
		model.addAttribute("listing", Listing.of(found, request));
		model.addAttribute("known", found.stream().filter(UnusedGrant::isUnused).count());
		return show(days, "access/unused", model);
	}

	@GetMapping("/keys/unused")
	String keys(Input filter, @PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		int days = days(filter);
		model.addAttribute("listing", Listing.of(this.unused.keys(Duration.ofDays(days), bounded(page)), request));
		return show(days, "access/unused-keys", model);
	}

	private static String show(int days, String view, Model model) {
		model.addAttribute("days", days);
		model.addAttribute("choices", DAYS);
		return view;
	}

	private static int days(Input filter) {
		return filter.word("days").equals("90") ? 90 : 30;
	}

	private static Pageable bounded(Pageable page) {
		return PageRequest.of(page.getPageNumber(), Math.min(page.getPageSize(), MOST_ROWS));
	}

}
