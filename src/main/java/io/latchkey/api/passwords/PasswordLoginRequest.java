package io.latchkey.api.passwords;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordDemand;
import org.jspecify.annotations.Nullable;

/**
 * How sshd is to let in.
 *
 * @param passwords OFF or AS_CONFIGURED
 * @param rootLogin KEY_ONLY or AS_CONFIGURED, which it is when it is left out
 * @param console whether somebody gets in by the console
 * @param seen the digest of the last look, of a node
 * @param seenOnNodes the same by the names of the nodes, of a cluster
 */
record PasswordLoginRequest(@Nullable String passwords, @Nullable String rootLogin, @Nullable Boolean console,
		@Nullable String seen, @Nullable Map<String, String> seenOnNodes) {

	PasswordDemand demand() {
		Faults faults = new Faults();
		String wanted = faults.required("passwords", this.passwords, "AS_CONFIGURED");
		PasswordChoice.Passwords off = faults.read(() -> choice("passwords", PasswordChoice.Passwords.class, wanted));
		PasswordChoice.RootLogin root = faults.read(() -> choice("rootLogin", PasswordChoice.RootLogin.class,
				Objects.requireNonNullElse(this.rootLogin, "AS_CONFIGURED")));
		faults.check();
		return new PasswordDemand(new PasswordChoice(Objects.requireNonNull(off), Objects.requireNonNull(root)),
				Boolean.TRUE.equals(this.console) ? PasswordDemand.Console.CONFIRMED
						: PasswordDemand.Console.NOT_CONFIRMED,
				this.seen);
	}

	private static <E extends Enum<E>> E choice(String field, Class<E> type, String text) {
		for (E each : type.getEnumConstants()) {
			if (each.name().equals(text)) {
				return each;
			}
		}
		throw new InvalidInputException(Fault.of(field, "passwords.choice",
				Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "))));
	}

}
