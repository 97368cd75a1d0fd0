package io.latchkey.api.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.core.Fault;
import io.latchkey.delivery.LiveSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.data.domain.Pageable;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that the call does not know: a typo must not do something
 * else than was meant. Which it knows, the parameters of its method say.
 */
public final class KnownParameters implements HandlerInterceptor {

	private static final Map<Class<?>, List<String>> NAMES = Map.of(Wait.class, List.of("wait"), Confirmed.class,
			List.of("confirm"), LiveSessions.class, List.of("endSessions"), ListQuery.class,
			List.of("page", "size", "q", "sort"), Pageable.class, List.of("page", "size", "sort"));

	private static final String API = "io.latchkey.api";

	/** Each fault is told, up to a bound. */
	private static final int MOST_FAULTS = 20;

	private static final int LONGEST_NAME = 100;

	private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String query = request.getQueryString();
		if (query != null && handler instanceof HandlerMethod method && isOfTheApi(method)) {
			check(query, this.known.computeIfAbsent(method, KnownParameters::of));
		}
		return true;
	}

	/** Others would not turn the refusal into a problem. */
	private static boolean isOfTheApi(HandlerMethod method) {
		return method.getBeanType().getPackageName().startsWith(API);
	}

	private static void check(String query, Set<String> known) {
		List<Fault> faults = Arrays.stream(query.split("&"))
			.map((each) -> decoded(each.split("=", 2)[0]))
			.filter((name) -> !name.isEmpty() && !known.contains(name))
			.distinct()
			.limit(MOST_FAULTS)
			.map((name) -> fault(name, known))
			.toList();
		if (!faults.isEmpty()) {
			throw new MalformedRequestException(faults);
		}
	}

	private static Fault fault(String name, Set<String> known) {
		String field = (name.length() > LONGEST_NAME) ? name.substring(0, LONGEST_NAME) : name;
		return known.isEmpty() ? Fault.of(field, "query.none")
				: Fault.of(field, "query.unknown", String.join(", ", known));
	}

	private static String decoded(String name) {
		try {
			return URLDecoder.decode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	/** The names of the parameters that it knows, in their order. */
	static Set<String> of(HandlerMethod method) {
		Set<String> names = new TreeSet<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			names.addAll(NAMES.getOrDefault(parameter.getParameterType(), List.of()));
			RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
			if (named != null) {
				names.add(StringUtils.hasText(named.name()) ? named.name() : parameter.getParameter().getName());
			}
		}
		return names;
	}

}
