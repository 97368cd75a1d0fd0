package io.latchkey.api.openapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.latchkey.api.body.JsonBody;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOperationCustomizer;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * Says of each operation what the conventions say of all: paging, waiting, conditions,
 * and the problems that can come back.
 */
class ConventionsCustomizer implements GlobalOperationCustomizer {

	private static final Map<String, String> PROBLEMS = Map.of("400", "Malformed: an unknown field, another type",
			"401", "No token, or a bad one", "403", "The token lacks a right", "404", "Not found", "406",
			"Only JSON is to be had", "429", "Too many requests: see Retry-After");

	private static final Map<String, String> WRITING_PROBLEMS = Map.of("409",
			"In conflict with what is there: a name in use, a key that somebody has", "413", "The body is too large",
			"415", "Expected JSON", "422", "Well-formed, but not valid: errors has all the faults");

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		boolean takesBody = operation.getRequestBody() != null;
		if (takes(handler, ListQuery.class)) {
			addListParameters(operation);
		}
		if (takes(handler, Wait.class)) {
			operation.addParametersItem(query("wait", new StringSchema().format("duration").example("PT30S"),
					"Hold the answer until every affected node is converged, failed or unreachable; at most PT2M"));
		}
		if (takes(handler, Precondition.class)) {
			addHeader(operation, "If-Match", "The ETag that the resource still has to have");
			addProblems(operation, Map.of("412", "The resource is another by now"));
		}
		if (handler.hasMethodAnnotation(PostMapping.class)) {
			addHeader(operation, "Idempotency-Key",
					"A repeat within 24 hours with the same body gets the first answer again");
		}
		addProblems(operation, PROBLEMS);
		if (takesBody || !handler.getMethod().getName().startsWith("get")) {
			addProblems(operation, WRITING_PROBLEMS);
		}
		return operation;
	}

	private static void addListParameters(Operation operation) {
		operation.addParametersItem(
				query("page", new IntegerSchema()._default(0).minimum(java.math.BigDecimal.ZERO), "From 0"));
		operation.addParametersItem(query("size", new IntegerSchema()._default(50), "From 1 to 500"));
		operation.addParametersItem(query("q", new StringSchema(), "A part of the name"));
		operation.addParametersItem(query("sort", new ArraySchema().items(new StringSchema().example("name,asc")),
				"A field and asc or desc"));
	}

	private static Parameter query(String name, Schema<?> schema, String description) {
		return new Parameter().in("query").name(name).schema(schema).description(description);
	}

	private static void addHeader(Operation operation, String name, String description) {
		operation.addParametersItem(
				new Parameter().in("header").name(name).schema(new StringSchema()).description(description));
	}

	private static void addProblems(Operation operation, Map<String, String> problems) {
		ApiResponses responses = operation.getResponses();
		problems.forEach((status, description) -> responses.computeIfAbsent(status,
				(absent) -> new ApiResponse().description(description)
					.content(new Content().addMediaType("application/problem+json",
							new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))))));
	}

	private static boolean takes(HandlerMethod handler, Class<?> type) {
		return Arrays.asList(handler.getMethod().getParameterTypes()).contains(type);
	}

}
