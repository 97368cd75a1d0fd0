package io.latchkey.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.latchkey.users.PasswordCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Sets a user's password.
 */
@Command(name = PasswordCommand.NAME, mixinStandardHelpOptions = true,
		description = "Sets a user's password, which it asks for, or takes as a line on standard input. Ends the "
				+ "user's sessions.")
final class SetPassword extends WithSettings implements Callable<Integer> {

	@Parameters(arity = "0..1", paramLabel = "USER", description = "Whose; may be left out where there is one user.")
	private @Nullable String user;

	@Override
	public Integer call() {
		List<String> arguments = new ArrayList<>(settings());
		if (this.user != null) {
			arguments.add(this.user);
		}
		return PasswordCommand.run(arguments);
	}

}
