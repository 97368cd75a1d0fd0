package io.latchkey.api.openapi;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.delivery.LiveSessions;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOperationCustomizer;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * Says of each operation what the conventions say of all: paging, waiting, conditions,
 * and the problems that can come back.
 */
class ConventionsCustomizer implements GlobalOperationCustomizer {

	private static final Map<String, String> PROBLEMS = Map.of("400", "Malformed: an unknown field, another type",
			"401", "No token, or a bad one", "403", "The token lacks a right", "404", "Not found", "406",
			"Only JSON is to be had", "429", "Too many requests: see Retry-After", "503",
			"The database is away, or others were writing the same: see Retry-After");

	private static final Map<String, String> WRITING_PROBLEMS = Map.of("409",
			"In conflict with what is there: a name in use, a key that somebody has", "413", "The body is too large",
			"415", "Expected JSON", "422", "Well-formed, but not valid: errors has all the faults");

	private static final Map<String, String> CONDITION_PROBLEMS = Map.of("412", "The resource is another by now");

	private static final Map<String, String> CONFIRMATION_PROBLEMS = Map.of("409",
			"In conflict with what is there; or, as /problems/confirmation-needed, preview and digest say what would go; "
					+ "preview.observed names the nodes that are only observed, where nothing is taken off");

	private static final Map<String, String> NODE_PROBLEMS = Map.of("409",
			"The host key is not confirmed: hostKeys has what the node showed", "422",
			"Not valid, or the node did not let Latchkey in: /problems/not-let-in", "502",
			"The conversation with the node failed: no route, refused, disconnected, no shell, no sudo", "504",
			"The node did not answer in time");

	private static final Map<String, String> REQUIREMENT_PROBLEMS = Map.of("424",
			"Done, but not as far on the nodes as require says: delivery tells how far, Location has the grant");

	private static final Set<String> RESOURCES = Set.of("IdentityAnswer", "TeamAnswer", "NodeAnswer", "ClusterAnswer",
			"GrantAnswer");

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		addQueryParameters(operation, handler);
		addConditions(operation, handler);
		addProblems(operation, handler);
		addEntityTag(operation);
		return operation;
	}

	private static void addQueryParameters(Operation operation, HandlerMethod handler) {
		if (takes(handler, ListQuery.class)) {
			addListParameters(operation);
		}
		if (takes(handler, Wait.class)) {
			operation.addParametersItem(query("wait", new StringSchema().format("duration").example("PT30S"),
					"Hold the answer until every affected node is converged, failed or unreachable; at most PT2M"));
		}
		if (takes(handler, LiveSessions.class)) {
			operation.addParametersItem(query("endSessions", new BooleanSchema()._default(false),
					"End the live sessions that were opened with the keys, once these are gone. "
							+ "Asked again, it ends those of what was taken away before"));
		}
		if (takes(handler, Confirmed.class)) {
			operation.addParametersItem(query("confirm", new StringSchema(),
					"The digest of the preview, when much access would go: without it the answer is 409"));
		}
	}

	private static void addConditions(Operation operation, HandlerMethod handler) {
		if (takes(handler, Precondition.class)) {
			addHeader(operation, "If-Match", "The ETag that the resource still has to have");
		}
		if (handler.hasMethodAnnotation(PostMapping.class)) {
			addHeader(operation, "Idempotency-Key",
					"A repeat within 24 hours with the same body gets the first answer again");
		}
		if (handler.hasMethodAnnotation(PutMapping.class) && takes(handler, Precondition.class)) {
			addHeader(operation, "If-None-Match", "* to create only");
			ApiResponse replaced = operation.getResponses().computeIfAbsent("200", (absent) -> new ApiResponse());
			operation.getResponses()
				.addApiResponse("201", new ApiResponse().description("Created").content(replaced.getContent()));
		}
	}

	private static void addProblems(Operation operation, HandlerMethod handler) {
		if (takes(handler, Confirmed.class)) {
			addProblems(operation, CONFIRMATION_PROBLEMS);
		}
		if (takes(handler, Precondition.class)) {
			addProblems(operation, CONDITION_PROBLEMS);
		}
		if (Arrays.stream(handler.getMethodParameters()).anyMatch(ConventionsCustomizer::isRequirement)) {
			addProblems(operation, REQUIREMENT_PROBLEMS);
		}
		if (handler.getMethod().getName().equals("enrol")) {
			addProblems(operation, NODE_PROBLEMS);
		}
		addProblems(operation, PROBLEMS);
		if (!handler.hasMethodAnnotation(GetMapping.class)) {
			addProblems(operation, WRITING_PROBLEMS);
		}
	}

	private static void addEntityTag(Operation operation) {
		operation.getResponses()
			.values()
			.stream()
			.filter(ConventionsCustomizer::isResource)
			.forEach((response) -> response.addHeaderObject("ETag",
					new Header().schema(new StringSchema()).description("The version, in quotes, for If-Match")));
	}

	private static boolean isResource(ApiResponse response) {
		return response.getContent() != null && response.getContent()
			.values()
			.stream()
			.map(MediaType::getSchema)
			.anyMatch((schema) -> schema != null && schema.get$ref() != null
					&& RESOURCES.contains(schema.get$ref().replaceFirst(".*/", "")));
	}

	private static void addListParameters(Operation operation) {
		operation.addParametersItem(query("page", new IntegerSchema()._default(0).minimum(BigDecimal.ZERO), "From 0"));
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

	private static boolean isRequirement(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(RequestParam.class)
				&& parameter.getParameter().getName().equals("require");
	}

	private static boolean takes(HandlerMethod handler, Class<?> type) {
		return Arrays.asList(handler.getMethod().getParameterTypes()).contains(type);
	}

}
