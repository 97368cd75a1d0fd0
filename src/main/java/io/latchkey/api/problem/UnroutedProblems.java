package io.latchkey.api.problem;

import java.util.Arrays;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Lets the {@link ProblemAdvice} answer for requests below {@code /api} that never came
 * to one of its controllers: unknown paths, other methods, other media types, and what a
 * filter refuses. Spring asks an advice of a base package only for handlers in it.
 */
@Component
public class UnroutedProblems implements HandlerExceptionResolver, Ordered {

	private static final String API = "/api/";

	private final ObjectProvider<HandlerExceptionResolver> resolvers;

	private final HandlerMethod standIn;

	UnroutedProblems(ObjectProvider<HandlerExceptionResolver> resolvers) {
		this.resolvers = resolvers;
		this.standIn = new HandlerMethod(this,
				Arrays.stream(UnroutedProblems.class.getMethods())
					.filter((method) -> method.getName().equals("answer"))
					.findFirst()
					.orElseThrow());
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (handler instanceof HandlerMethod || !request.getRequestURI().startsWith(request.getContextPath() + API)) {
			return null;
		}
		return this.resolvers.orderedStream()
			.filter((resolver) -> resolver != this)
			.map((resolver) -> resolver.resolveException(request, response, this.standIn, ex))
			.filter((answered) -> answered != null)
			.findFirst()
			.orElse(null);
	}

	/** Answers the request with the problem that the exception is. */
	public void answer(HttpServletRequest request, HttpServletResponse response, RuntimeException ex) {
		resolveException(request, response, null, ex);
	}

}
