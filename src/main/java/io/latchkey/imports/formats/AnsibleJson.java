package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Ansible's inventory as {@code ansible-inventory --list} prints it and as a dynamic
 * inventory answers: an object of groups, each with {@code hosts}, {@code children} and
 * {@code vars} or a list of hosts, and under {@code _meta} the {@code hostvars}.
 */
final class AnsibleJson {

	private static final String META = "_meta";

	private final JsonParser parser;

	private final ListedNodes listed;

	private final AnsibleInventory inventory;

	private final Map<String, Integer> hostLines = new LinkedHashMap<>();

	private final Map<String, Map<String, AnsibleValue>> hostVariables = new HashMap<>();

	private AnsibleJson(JsonParser parser, ListedNodes listed) {
		this.parser = parser;
		this.listed = listed;
		this.inventory = new AnsibleInventory(listed);
	}

	static void read(String text, ListedNodes listed) {
		JsonFactory factory = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
		try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
			AnsibleJson json = new AnsibleJson(parser, listed);
			json.read();
			json.list();
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			listed.refuse((location != null) ? Math.max(1, location.getLineNr()) : 1, "import.json",
					ex.getOriginalMessage());
		}
	}

	private void read() {
		if (this.parser.nextToken() != JsonToken.START_OBJECT) {
			this.listed.refuse(1, "import.json.object");
			return;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			int line = line();
			this.parser.nextToken();
			if (name.equals(META)) {
				meta();
			}
			else {
				group(name, line);
			}
		}
		if (this.parser.nextToken() != null) {
			this.listed.refuse(line(), "import.json.object");
		}
	}

	private void meta() {
		if (!isObject()) {
			return;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean variables = this.parser.currentName().equals("hostvars");
			this.parser.nextToken();
			if (!variables) {
				this.parser.skipChildren();
			}
			else if (isObject()) {
				while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
					String host = this.parser.currentName();
					this.hostLines.put(host, line());
					this.parser.nextToken();
					this.hostVariables.put(host, variables());
				}
			}
		}
	}

	private void group(String name, int line) {
		this.inventory.group(line, name);
		if (this.parser.currentToken() == JsonToken.START_ARRAY) {
			texts().forEach((host, at) -> host(name, host, at));
			return;
		}
		if (!isObject()) {
			return;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String section = this.parser.currentName();
			int at = line();
			this.parser.nextToken();
			switch (section) {
				case "hosts" -> texts().forEach((host, where) -> host(name, host, where));
				case "children" -> texts().forEach((child, where) -> this.inventory.child(where, name, child));
				case "vars" -> variables().forEach((variable, value) -> this.inventory.variable(name, variable, value));
				default -> {
					this.listed.wrong(at, "import.ansible.section", section);
					this.parser.skipChildren();
				}
			}
		}
	}

	private void host(String group, String host, int line) {
		this.inventory.hosts(line, group, new AnsibleHostPattern(List.of(host), null), Map.of());
	}

	/** Otherwise it is passed over, which is said. */
	private boolean isObject() {
		if (this.parser.currentToken() == JsonToken.START_OBJECT) {
			return true;
		}
		this.listed.wrong(line(), "import.json.object");
		this.parser.skipChildren();
		return false;
	}

	/** The texts of a list, and where they stand. */
	private Map<String, Integer> texts() {
		Map<String, Integer> texts = new LinkedHashMap<>();
		if (this.parser.currentToken() != JsonToken.START_ARRAY) {
			this.listed.wrong(line(), "import.json.list");
			this.parser.skipChildren();
			return texts;
		}
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			if (this.parser.currentToken() == JsonToken.VALUE_STRING) {
				texts.putIfAbsent(this.parser.getString(), line());
			}
			else {
				this.listed.wrong(line(), "import.json.list");
				this.parser.skipChildren();
			}
		}
		return texts;
	}

	private Map<String, AnsibleValue> variables() {
		Map<String, AnsibleValue> variables = new HashMap<>();
		if (!isObject()) {
			return variables;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			JsonToken token = this.parser.nextToken();
			if (AnsibleValue.READ.contains(name)) {
				variables.put(name, value(token));
			}
			else {
				this.parser.skipChildren();
			}
		}
		return variables;
	}

	private AnsibleValue value(JsonToken token) {
		return switch (token) {
			case VALUE_NULL -> AnsibleValue.NONE;
			case VALUE_STRING, VALUE_NUMBER_INT -> AnsibleValue.of(this.parser.getString());
			case START_OBJECT -> wrapped();
			default -> {
				String text = this.parser.getString();
				this.parser.skipChildren();
				yield AnsibleValue.odd(text);
			}
		};
	}

	/** As {@code {"__ansible_unsafe": "text"}} or {@code {"__ansible_vault": "…"}}. */
	private AnsibleValue wrapped() {
		List<String> keys = new ArrayList<>();
		String text = null;
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			keys.add(this.parser.currentName());
			text = (this.parser.nextToken() == JsonToken.VALUE_STRING) ? this.parser.getString() : null;
			this.parser.skipChildren();
		}
		if (keys.equals(List.of("__ansible_unsafe")) && text != null) {
			return AnsibleValue.of(text);
		}
		return keys.contains("__ansible_vault") ? AnsibleValue.vaulted() : AnsibleValue.odd("{…}");
	}

	private int line() {
		return Math.max(1, this.parser.currentTokenLocation().getLineNr());
	}

	private void list() {
		this.hostVariables.forEach((host, variables) -> {
			if (!this.inventory.addVariables(host, variables)) {
				this.listed.passOver(this.hostLines.getOrDefault(host, 1), "import.json.no-group", host);
			}
		});
		this.inventory.list();
	}

}
