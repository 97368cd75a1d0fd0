package io.latchkey.pages.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantId;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;

import org.springframework.ui.Model;

/**
 * The grants that were chosen in a list, as forms name them.
 */
final class ChosenGrants {

	static final String FIELD = "grant";

	private ChosenGrants() {
	}

	/** What is no id of a grant is passed over. */
	static Set<GrantId> in(Input input) {
		return ids(input.words(FIELD));
	}

	/** The same, or those of a form that came back refused. */
	static Set<GrantId> in(Input input, Model model) {
		Form form = (Form) model.getAttribute("form");
		List<String> before = (form != null) ? form.values().getOrDefault(FIELD, List.of()) : List.of();
		return before.isEmpty() ? in(input)
				: ids(before.stream().flatMap((value) -> List.of(value.split("[\\s,]+")).stream()).toList());
	}

	/** As the hidden field of a form holds them. */
	static String field(Collection<GrantId> chosen) {
		return chosen.stream().map((id) -> Long.toString(id.value())).collect(Collectors.joining(" "));
	}

	private static Set<GrantId> ids(List<String> words) {
		return words.stream()
			.flatMap((word) -> GrantId.parse(word).stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
