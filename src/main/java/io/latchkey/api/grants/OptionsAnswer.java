package io.latchkey.api.grants;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
record OptionsAnswer(List<String> from, @Nullable String command, @Nullable Boolean restrict, List<String> permit,
		Map<String, String> environment, @Nullable Boolean verifyRequired) {

	static OptionsAnswer of(GrantOptions options) {
		return new OptionsAnswer(options.from(), options.command(), options.restrict() ? Boolean.TRUE : null,
				options.permit().stream().sorted().map(Permission::option).toList(), options.environment(),
				options.verifyRequired() ? Boolean.TRUE : null);
	}

}
