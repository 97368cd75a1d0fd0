package io.latchkey.api.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.latchkey.delivery.LiveSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the controllers what the caller said beside the body.
 */
public final class QueryArguments implements HandlerMethodArgumentResolver {

	private static final Map<Class<?>, Function<NativeWebRequest, Object>> READERS = Map.of(Wait.class,
			(request) -> Wait.parse(request.getParameter("wait")), Confirmed.class,
			(request) -> new Confirmed(request.getParameter("confirm")), ListQuery.class, QueryArguments::list,
			LiveSessions.class, QueryArguments::sessions, Precondition.class,
			(request) -> new Precondition(header(request, HttpHeaders.IF_MATCH),
					header(request, HttpHeaders.IF_NONE_MATCH)));

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return READERS.containsKey(parameter.getParameterType());
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		Function<NativeWebRequest, Object> reader = READERS.get(parameter.getParameterType());
		return (reader != null) ? reader.apply(request) : null;
	}

	private static ListQuery list(NativeWebRequest request) {
		String[] sort = request.getParameterValues("sort");
		return ListQuery.parse(request.getParameter("page"), request.getParameter("size"), request.getParameter("q"),
				(sort != null) ? Arrays.asList(sort) : List.of());
	}

	private static LiveSessions sessions(NativeWebRequest request) {
		Boolean end = Parameter.flag("endSessions", request.getParameter("endSessions"));
		return Boolean.TRUE.equals(end) ? LiveSessions.END : LiveSessions.LEAVE;
	}

	private static @Nullable String header(NativeWebRequest request, String name) {
		String[] values = request.getHeaderValues(name);
		return (values != null) ? String.join(",", values) : null;
	}

}
