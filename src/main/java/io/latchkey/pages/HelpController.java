package io.latchkey.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The keyboard's shortcuts, the words, and what to do where somebody stumbles. Pages lead
 * to each topic by the fragment {@code stumble}.
 */
@Controller
class HelpController {

	/** The topics by chapter, each an anchor of the page: {@code #help-<topic>}. */
	static final Map<String, List<String>> CHAPTERS = chapters();

	@GetMapping("/help")
	String show(Model model) {
		model.addAttribute("chapters", CHAPTERS);
		return "help";
	}

	private static Map<String, List<String>> chapters() {
		Map<String, List<String>> chapters = new LinkedHashMap<>();
		chapters.put("words", List.of("grant", "mode", "foreign", "drifted", "password"));
		chapters.put("nodes", List.of("enrolment", "host-key", "refused", "unreachable", "failed", "unseen"));
		chapters.put("access",
				List.of("account", "end", "delivery", "other-ways", "overdue", "sessions", "suspended", "indirect"));
		chapters.put("keys", List.of("public-key", "once"));
		return chapters;
	}

}
