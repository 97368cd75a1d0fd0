package io.latchkey.api.openapi;

import java.util.List;
import java.util.Map;

import io.latchkey.api.body.JsonBody;
import io.latchkey.api.query.Confirmed;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Precondition;
import io.latchkey.api.query.Wait;
import io.latchkey.core.PublicAddress;
import io.latchkey.delivery.LiveSessions;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the OpenAPI document says beside the paths.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	static {
		SpringDocUtils.getConfig()
			.addRequestWrapperToIgnore(ListQuery.class, LiveSessions.class, Wait.class, Precondition.class,
					Confirmed.class);
		SpringDocUtils.getConfig().replaceWithClass(JsonBody.class, Object.class);
	}

	@Bean
	OpenAPI latchkeyApi(PublicAddress address) {
		SecurityScheme bearer = new SecurityScheme().type(SecurityScheme.Type.HTTP)
			.scheme("bearer")
			.bearerFormat("lk_<id>_<secret>");
		OpenAPI api = new OpenAPI()
			.info(new Info().title("Latchkey")
				.version("v1")
				.description("Who may log in to which node, as which account, until when."))
			.components(new Components().addSecuritySchemes("bearer", bearer).addSchemas("Problem", problem()))
			.security(List.of(new SecurityRequirement().addList("bearer")));
		// Where none is set the document says where it was asked for.
		address.get().ifPresent((site) -> api.addServersItem(new Server().url(site.toString())));
		return api;
	}

	@Bean
	GlobalOperationCustomizer conventions() {
		return new ConventionsCustomizer();
	}

	private static Schema<?> problem() {
		ObjectSchema error = new ObjectSchema();
		error.properties(Map.of("field", new StringSchema(), "message", new StringSchema()));
		ObjectSchema problem = new ObjectSchema();
		problem.description("RFC 9457");
		problem.addProperty("type", new StringSchema().example("/problems/not-found"));
		problem.addProperty("title", new StringSchema());
		problem.addProperty("status", new IntegerSchema());
		problem.addProperty("detail", new StringSchema().description("What was expected, and what to do"));
		problem.addProperty("instance", new StringSchema());
		problem.addProperty("errors", new ArraySchema().items(error).description("For invalid input: all the faults"));
		problem.required(List.of("type", "title", "status", "detail", "instance"));
		return problem;
	}

}
