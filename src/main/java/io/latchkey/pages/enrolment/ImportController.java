package io.latchkey.pages.enrolment;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.enrolment.Candidates;
import io.latchkey.imports.ImportChangedException;
import io.latchkey.imports.ImportDefaults;
import io.latchkey.imports.ImportFormat;
import io.latchkey.imports.ImportPlan.Outcome;
import io.latchkey.imports.ImportPlan;
import io.latchkey.imports.ImportText;
import io.latchkey.imports.NodeImports;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * Many nodes from a list of another tool: pasted or sent as a file, looked at, confirmed.
 */
@Controller
class ImportController {

	/** What a page shows of the nodes or the lines of a list. */
	private static final int MOST_ROWS = 500;

	private static final List<String> FIELDS = List.of("text", "format", "managementAccount", "privilege", "mode",
			"cluster");

	private static final List<Choice> FORMATS = Stream
		.concat(Stream.of(new Choice("", "page.import.format.any")),
				Arrays.stream(ImportFormat.values())
					.map((format) -> new Choice(format.name(), "page.import.format." + format)))
		.toList();

	private final NodeImports imports;

	private final Candidates candidates;

	ImportController(NodeImports imports, Candidates candidates) {
		this.imports = imports;
		this.candidates = candidates;
	}

	@ModelAttribute("formats")
	List<Choice> formats() {
		return FORMATS;
	}

	@ModelAttribute("privileges")
	List<Choice> privileges() {
		return Arrays.stream(Privilege.values())
			.filter((privilege) -> privilege != Privilege.ROOT)
			.map((privilege) -> new Choice(privilege.name(), "page.node.privilege." + privilege))
			.toList();
	}

	@ModelAttribute("modes")
	List<Choice> modes() {
		return Arrays.stream(Mode.values()).map((mode) -> new Choice(mode.name(), "page.node.mode." + mode)).toList();
	}

	@GetMapping("/enrolment/import")
	String show(Model model) {
		Form.in(model,
				Map.of("managementAccount", "root", "privilege", Privilege.SUDO.name(), "mode", Mode.ADDITIVE.name()));
		return "enrolment/import";
	}

	/** The preview; with the digest of one, what it showed. */
	@PostMapping("/enrolment/import")
	String carryOut(Input input, @RequestParam(required = false) @Nullable MultipartFile file, Model model)
			throws IOException {
		String text = text(input, file);
		ImportFormat format = (input.text("format") == null) ? null : input.choice("format", ImportFormat.class);
		ImportDefaults defaults = new ImportDefaults(input.word("managementAccount"),
				input.choice("privilege", Privilege.class), input.choice("mode", Mode.class), input.text("cluster"));
		String digest = input.text("digest");
		if (digest == null) {
			return preview(this.imports.plan(text, format, defaults), text, input, model);
		}
		try {
			List<NodeId> made = this.imports.carryOut(text, format, defaults, digest);
			this.candidates.scan(made);
			return "redirect:/enrolment";
		}
		catch (ImportChangedException ex) {
			model.addAttribute("changed", true);
			return preview(ex.plan(), text, input, model);
		}
	}

	private static String preview(ImportPlan plan, String text, Input input, Model model) {
		Map<String, String> values = new HashMap<>();
		FIELDS.forEach((field) -> values.put(field, input.raw(field)));
		values.put("text", text);
		Form.in(model, values);
		model.addAttribute("plan", plan);
		model.addAttribute("rows", plan.nodes().stream().limit(MOST_ROWS).toList());
		List<ImportPlan.Remark> skipped = plan.hereAlready();
		List<ImportPlan.Remark> wrong = plan.wrong().stream().filter((remark) -> !remark.isHereAlready()).toList();
		model.addAttribute("skipped", skipped.stream().limit(MOST_ROWS).toList());
		model.addAttribute("skippedLines", skipped.size());
		model.addAttribute("wrong", wrong.stream().limit(MOST_ROWS).toList());
		model.addAttribute("wrongLines", wrong.size());
		model.addAttribute("added", plan.with(Outcome.NEW).size());
		model.addAttribute("joining", plan.with(Outcome.JOINS).size());
		model.addAttribute("staying", plan.with(Outcome.EXISTS).size());
		return "enrolment/import";
	}

	private static String text(Input input, @Nullable MultipartFile file) throws IOException {
		if (file == null || file.isEmpty()) {
			return input.raw("text");
		}
		return ImportText.decode(file.getBytes());
	}

}
