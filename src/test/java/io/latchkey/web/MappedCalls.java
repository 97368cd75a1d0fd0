package io.latchkey.web;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * All that can be called, as {@code GET /nodes/{name}}: each page, form and operation of
 * the API.
 */
public final class MappedCalls {

	private MappedCalls() {
	}

	public static Set<String> of(RequestMappingHandlerMapping mappings) {
		Set<String> calls = new TreeSet<>();
		mappings.getHandlerMethods().forEach((mapping, method) -> {
			String module = method.getBeanType().getPackageName();
			if (module.startsWith("io.latchkey.pages") || module.startsWith("io.latchkey.api")) {
				calls.addAll(callsOf(mapping));
			}
		});
		return calls;
	}

	/** One that doesn't say by which method has no rule, and fails. */
	private static List<String> callsOf(RequestMappingInfo mapping) {
		Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
		return mapping.getPatternValues()
			.stream()
			.flatMap((pattern) -> methods.isEmpty() ? Stream.of("ANY " + pattern)
					: methods.stream().map((method) -> method + " " + pattern))
			.toList();
	}

}
