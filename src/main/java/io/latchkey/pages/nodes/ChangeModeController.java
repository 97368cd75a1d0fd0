package io.latchkey.pages.nodes;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Texts;
import io.latchkey.removal.ExclusiveLook;
import io.latchkey.removal.ExclusiveLooks;
import io.latchkey.removal.Removals;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Changes the mode of the nodes that were chosen in the list, after one question that
 * shows what becomes of each.
 */
@Controller
class ChangeModeController {

	/** Each is held until all are changed. */
	private static final int MOST_CHOSEN = 100;

	private static final String PAGE = "nodes/change-mode";

	private static final String LIST = "redirect:/nodes";

	private static final String CONFIRMED = "confirmed";

	private final Nodes nodes;

	private final ExclusiveLooks looks;

	private final Removals removals;

	private final Texts texts;

	ChangeModeController(Nodes nodes, ExclusiveLooks looks, Removals removals, Texts texts) {
		this.nodes = nodes;
		this.looks = looks;
		this.removals = removals;
		this.texts = texts;
	}

	/** Where a question that was answered too late comes back. */
	@GetMapping("/change/mode")
	String askAgain(Input input, Model model, RedirectAttributes list) {
		Form form = Form.in(model, Map.of("mode", input.word("mode"), "node", String.join(" ", input.words("node"))));
		List<String> modes = Stream.of(Mode.values()).map(Mode::name).toList();
		if (!modes.contains(form.value("mode"))) {
			return none(list);
		}
		return ask(form.values()
			.getOrDefault("node", List.of())
			.stream()
			.flatMap((value) -> Stream.of(value.split("\\s+")))
			.toList(), Mode.valueOf(form.value("mode")), model, list);
	}

	@PostMapping("/change/mode")
	String change(Input input, Model model, RedirectAttributes list) {
		Mode mode = input.choice("mode", Mode.class);
		List<String> chosen = input.words("node");
		if (!input.isTicked(CONFIRMED)) {
			Form.in(model, Map.of());
			return ask(chosen, mode, model, list);
		}
		// Their states are held in the order of their ids by everybody.
		List<String> names = toChange(chosen(chosen), mode).stream()
			.sorted(Comparator.comparing((node) -> node.id().value()))
			.map(Node::name)
			.toList();
		this.removals.onNodes(names, input.text(Losses.FIELD),
				() -> names.forEach((name) -> this.nodes.changeMode(name, mode)));
		list.addFlashAttribute("done", this.texts.of("page.nodes.mode.changed", names.size()));
		return LIST;
	}

	private String ask(List<String> names, Mode mode, Model model, RedirectAttributes list) {
		List<Node> chosen = chosen(names);
		List<Node> nodes = toChange(chosen, mode);
		if (nodes.isEmpty()) {
			return none(list);
		}
		model.addAttribute("mode", mode);
		model.addAttribute("nodes", nodes);
		model.addAttribute("chosen", nodes.stream().map(Node::name).collect(Collectors.joining(" ")));
		model.addAttribute("unchanged",
				chosen.stream().map(Node::name).filter((name) -> !names(nodes).contains(name)).toList());
		if (mode == Mode.EXCLUSIVE) {
			List<ExclusiveLook> looks = this.looks.of(nodes.stream().map(Node::id).toList());
			model.addAttribute("looks", looks);
			model.addAttribute("lines", looks.stream().mapToInt((look) -> look.goes().size()).sum());
			model.addAttribute(Losses.FIELD, ExclusiveLook.digest(looks));
		}
		return PAGE;
	}

	private String none(RedirectAttributes list) {
		list.addFlashAttribute("done", this.texts.of("page.nodes.mode.none"));
		return LIST;
	}

	/** Those that have gone or are not enrolled are passed over. */
	private List<Node> chosen(Collection<String> names) {
		if (names.size() > MOST_CHOSEN) {
			throw new InvalidInputException(Fault.of("", "nodes.too-many", names.size(), MOST_CHOSEN));
		}
		return this.nodes.named(names).stream().filter(Node::enrolled).toList();
	}

	private static List<Node> toChange(List<Node> chosen, Mode mode) {
		return chosen.stream().filter((node) -> node.management().mode() != mode).toList();
	}

	private static List<String> names(List<Node> nodes) {
		return nodes.stream().map(Node::name).toList();
	}

}
