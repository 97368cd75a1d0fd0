package io.latchkey.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;

import org.springframework.ui.Model;

/**
 * What a form shows: the values in its fields, and what is wrong with them.
 *
 * @param errors what was expected instead, by field
 * @param alerts what is wrong beyond the fields
 */
public record Form(Map<String, List<String>> values, Map<String, List<String>> errors, List<String> alerts) {

	static final String ATTRIBUTE = "form";

	/**
	 * The form as it came back refused, or a fresh one with these values.
	 */
	public static Form in(Model model, Map<String, String> defaults) {
		if (model.getAttribute(ATTRIBUTE) instanceof Form refused) {
			return refused;
		}
		Form fresh = of(defaults);
		model.addAttribute(ATTRIBUTE, fresh);
		return fresh;
	}

	/** Whether a form came back refused, and the page is only shown again. */
	public static boolean isRefusedIn(Model model) {
		return model.getAttribute(ATTRIBUTE) instanceof Form;
	}

	/** One that comes back at once, with nothing of what was typed. */
	public static Form refused(List<Fault> faults, Texts texts) {
		Map<String, List<String>> errors = new java.util.HashMap<>();
		faults.forEach(
				(fault) -> errors.computeIfAbsent(fault.field(), (field) -> new ArrayList<>()).add(texts.of(fault)));
		return new Form(Map.of(), errors, List.of());
	}

	static Form of(Map<String, String> values) {
		Map<String, List<String>> lists = new java.util.HashMap<>();
		values.forEach((field, value) -> lists.put(field, List.of(value)));
		return new Form(Map.copyOf(lists), Map.of(), List.of());
	}

	public String value(String field) {
		List<String> values = this.values.getOrDefault(field, List.of());
		return values.isEmpty() ? "" : values.get(0);
	}

	public boolean holds(String field, String value) {
		return this.values.getOrDefault(field, List.of()).contains(value);
	}

	/** What is wrong with the field; empty when nothing is. */
	public List<String> errors(String field) {
		return this.errors.getOrDefault(field, List.of());
	}

	public boolean isWrong(String field) {
		return !errors(field).isEmpty();
	}

	/** Whether one of these fields holds something or is wrong. */
	public boolean touches(List<String> fields) {
		return fields.stream().anyMatch((field) -> !value(field).isBlank() || isWrong(field));
	}

}
