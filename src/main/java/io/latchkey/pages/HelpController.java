package io.latchkey.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The keyboard's shortcuts and the words.
 */
@Controller
class HelpController {

	@GetMapping("/help")
	String show() {
		return "help";
	}

}
