package io.latchkey.api.body;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON tree into a record of texts, numbers, flags, instants, durations, choices,
 * lists, maps and further records. Nothing is coerced and nothing is skipped; what is
 * absent or null becomes null. All faults are found in one go, which Jackson's own
 * binding does not do.
 */
final class RecordReader {

	private final List<Fault> faults = new ArrayList<>();

	private RecordReader() {
	}

	/**
	 * @throws MalformedRequestException with everything that does not fit
	 */
	static <R extends Record> R read(JsonNode tree, Class<R> type) {
		RecordReader reader = new RecordReader();
		Object read = reader.object("", tree, type);
		if (!reader.faults.isEmpty()) {
			throw new MalformedRequestException(reader.faults);
		}
		return type.cast(Objects.requireNonNull(read));
	}

	private @Nullable Object value(String path, @Nullable JsonNode node, Type type) {
		if (node == null || node.isNull()) {
			return null;
		}
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			return (generic.getRawType() == List.class) ? list(path, node, arguments[0])
					: map(path, node, arguments[1]);
		}
		Class<?> simple = (Class<?>) type;
		if (simple.isRecord()) {
			return object(path, node, simple);
		}
		return scalar(path, node, simple);
	}

	private @Nullable Object scalar(String path, JsonNode node, Class<?> type) {
		if (type == String.class) {
			return text(path, node, "json.text", (plain) -> plain);
		}
		if (type == Instant.class) {
			return text(path, node, "json.instant", TextForm::instant);
		}
		if (type == Duration.class) {
			return text(path, node, "json.duration", TextForm::duration);
		}
		if (type == Boolean.class) {
			return node.isBoolean() ? node.booleanValue() : fault(path, "json.flag");
		}
		if (type == Integer.class) {
			return (node.isIntegralNumber() && node.canConvertToInt()) ? node.intValue() : fault(path, "json.integer");
		}
		if (type == Long.class) {
			return (node.isIntegralNumber() && node.canConvertToLong()) ? node.longValue()
					: fault(path, "json.integer");
		}
		if (type.isEnum()) {
			return choice(path, node, type);
		}
		throw new IllegalStateException("No JSON form for " + type);
	}

	private @Nullable Object text(String path, JsonNode node, String code, Function<String, Object> form) {
		if (!node.isString()) {
			return fault(path, code);
		}
		if (node.stringValue().indexOf('\0') >= 0) {
			return fault(path, "json.nul");
		}
		try {
			return form.apply(node.stringValue());
		}
		catch (IllegalArgumentException ex) {
			return fault(path, code);
		}
	}

	private @Nullable Object choice(String path, JsonNode node, Class<?> type) {
		List<Object> choices = Arrays.asList((Object[]) type.getEnumConstants());
		return choices.stream()
			.filter((choice) -> node.isString() && choice.toString().equals(node.stringValue()))
			.findFirst()
			.orElseGet(() -> fault(path, "json.choice", Texts.join(choices)));
	}

	private @Nullable List<Object> list(String path, JsonNode node, Type element) {
		if (!node.isArray()) {
			fault(path, "json.list");
			return null;
		}
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < node.size(); i++) {
			Object value = element(path + "[" + i + "]", node.get(i), element);
			if (value != null) {
				list.add(value);
			}
		}
		return list;
	}

	private @Nullable Map<String, Object> map(String path, JsonNode node, Type element) {
		if (!node.isObject()) {
			fault(path, "json.object");
			return null;
		}
		Map<String, Object> map = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> entry : node.properties()) {
			Object value = value(path + "." + entry.getKey(), entry.getValue(), element);
			if (value != null) {
				map.put(entry.getKey(), value);
			}
		}
		return map;
	}

	private @Nullable Object element(String path, JsonNode node, Type type) {
		return node.isNull() ? fault(path, "json.null") : value(path, node, type);
	}

	private @Nullable Object object(String path, JsonNode node, Class<?> type) {
		if (!node.isObject()) {
			return fault(path, "json.object");
		}
		RecordComponent[] components = type.getRecordComponents();
		List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
		node.propertyNames()
			.stream()
			.filter((name) -> !known.contains(name))
			.forEach((name) -> fault(child(path, name), "json.unknown", Texts.join(known)));
		@Nullable Object[] values = Arrays.stream(components)
			.map((component) -> value(child(path, component.getName()), node.get(component.getName()),
					component.getGenericType()))
			.toArray();
		return construct(type, components, values);
	}

	private static Object construct(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(types);
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot make a " + type, ex);
		}
	}

	private static String child(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

	private @Nullable Object fault(String path, String code, Object... arguments) {
		this.faults.add(Fault.of(path, code, arguments));
		return null;
	}

	/** Lists in texts. */
	private static final class Texts {

		private static String join(List<?> values) {
			return String.join(", ", values.stream().map(Object::toString).toList());
		}

	}

}
