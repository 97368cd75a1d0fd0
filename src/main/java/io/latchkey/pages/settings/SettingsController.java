package io.latchkey.pages.settings;

import io.latchkey.transport.ManagementKeys;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Latchkey's own key.
 */
@Controller
class SettingsController {

	private final ManagementKeys managementKeys;

	SettingsController(ManagementKeys managementKeys) {
		this.managementKeys = managementKeys;
	}

	@GetMapping("/settings")
	String show(Model model) {
		model.addAttribute("key", this.managementKeys.publicKey());
		model.addAttribute("line", this.managementKeys.authorizedKeysLine());
		return "settings/key";
	}

}
