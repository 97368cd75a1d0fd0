package io.latchkey.api.grants;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantOptions;
import org.jspecify.annotations.Nullable;

record OptionsRequest(@Nullable List<String> from, @Nullable String command, @Nullable Boolean restrict,
		@Nullable List<Permit> permit, @Nullable Map<String, String> environment, @Nullable Boolean verifyRequired) {

	GrantOptions toOptions() {
		return new GrantOptions(Objects.requireNonNullElse(this.from, List.of()), this.command,
				Boolean.TRUE.equals(this.restrict),
				Objects.requireNonNullElse(this.permit, List.<Permit>of())
					.stream()
					.map(Permit::permission)
					.collect(Collectors.toUnmodifiableSet()),
				Objects.requireNonNullElse(this.environment, Map.of()), Boolean.TRUE.equals(this.verifyRequired));
	}

}
