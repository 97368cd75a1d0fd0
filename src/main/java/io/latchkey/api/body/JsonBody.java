package io.latchkey.api.body;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a request that replaces or patches a resource. What the resource shows and
 * only Latchkey sets may be sent back as it was read, so that a script can read, change
 * one field and write; any other value for it is refused.
 */
public final class JsonBody {

	private final JsonNode tree;

	JsonBody(JsonNode tree) {
		this.tree = tree;
	}

	/**
	 * The resource that should be in place of the current one.
	 * @param answer the resource as it is answered now, or nothing when there is none
	 * @throws MalformedRequestException with everything that does not fit
	 */
	public <R extends Record> R replacing(Class<R> type, Optional<?> answer) {
		return RecordReader.read(answer.map((now) -> writable(type, now)).orElse(this.tree), type);
	}

	/**
	 * The resource with this merge-patch (RFC 7396) laid over it.
	 * @param current what can be said of it now
	 * @param answer the resource as it is answered now
	 * @throws MalformedRequestException with everything that does not fit
	 */
	public <R extends Record> R patching(R current, Object answer) {
		@SuppressWarnings("unchecked")
		Class<R> type = (Class<R>) current.getClass();
		JsonNode patch = writable(type, answer);
		RecordReader.read(patch, type);
		return RecordReader.read(merge(StrictJson.tree(current), patch), type);
	}

	private JsonNode writable(Class<? extends Record> type, Object answer) {
		if (!this.tree.isObject()) {
			return this.tree;
		}
		List<String> writable = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
		JsonNode now = StrictJson.tree(answer);
		ObjectNode body = ((ObjectNode) this.tree).deepCopy();
		List<String> shown = now.propertyNames().stream().filter((name) -> !writable.contains(name)).toList();
		List<Fault> faults = shown.stream()
			.filter((name) -> body.has(name) && !isVolatile(answer, name) && !now.get(name).equals(body.get(name)))
			.map((name) -> Fault.of(name, "json.read-only"))
			.toList();
		if (!faults.isEmpty()) {
			throw new MalformedRequestException(faults);
		}
		body.remove(shown);
		return body;
	}

	private static boolean isVolatile(Object answer, String field) {
		return Arrays.stream(answer.getClass().getRecordComponents())
			.anyMatch(
					(component) -> component.getName().equals(field) && component.isAnnotationPresent(Volatile.class));
	}

	private static JsonNode merge(JsonNode target, JsonNode patch) {
		if (!patch.isObject()) {
			return patch;
		}
		ObjectNode merged = target.isObject() ? ((ObjectNode) target).deepCopy() : ((ObjectNode) patch).objectNode();
		for (Map.Entry<String, JsonNode> entry : patch.properties()) {
			JsonNode value = entry.getValue();
			if (value.isNull()) {
				merged.remove(entry.getKey());
			}
			else {
				JsonNode below = merged.get(entry.getKey());
				merged.set(entry.getKey(), merge((below != null) ? below : merged.objectNode(), value));
			}
		}
		return merged;
	}

}
