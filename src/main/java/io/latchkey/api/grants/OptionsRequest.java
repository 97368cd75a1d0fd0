package io.latchkey.api.grants;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import org.jspecify.annotations.Nullable;

record OptionsRequest(@Nullable List<String> from, @Nullable String command, @Nullable Boolean restrict,
		@Nullable List<String> permit, @Nullable Map<String, String> environment, @Nullable Boolean verifyRequired) {

	GrantOptions toOptions() {
		return new GrantOptions(Objects.requireNonNullElse(this.from, List.of()), this.command,
				Boolean.TRUE.equals(this.restrict), permissions(),
				Objects.requireNonNullElse(this.environment, Map.of()), Boolean.TRUE.equals(this.verifyRequired));
	}

	private Set<Permission> permissions() {
		Set<Permission> permissions = EnumSet.noneOf(Permission.class);
		List<Fault> faults = new ArrayList<>();
		for (String option : Objects.requireNonNullElse(this.permit, List.<String>of())) {
			permission(option).ifPresentOrElse(permissions::add,
					() -> faults.add(Fault.of("options.permit", "json.choice", known())));
		}
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
		return permissions;
	}

	private static Optional<Permission> permission(String option) {
		return Arrays.stream(Permission.values()).filter((known) -> known.option().equals(option)).findFirst();
	}

	private static String known() {
		return String.join(", ", Arrays.stream(Permission.values()).map(Permission::option).toList());
	}

}
