package io.latchkey.users;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;

import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code java -jar latchkey.jar set-password [user] [--property=value]…}: sets a user's
 * password, for whoever has the machine. Latchkey may run meanwhile where the database is
 * PostgreSQL.
 */
public final class PasswordCommand {

	/** The first argument. */
	public static final String NAME = "set-password";

	private static final String USAGE = "Usage: java -jar latchkey.jar " + NAME + " [user] [--property=value]...";

	private PasswordCommand() {
	}

	/**
	 * Runs it.
	 * @param arguments those after its name
	 * @return the status to exit with: 0 when the password is set
	 */
	public static int run(List<String> arguments) {
		return run(arguments, new ConsolePrompt(), System.err);
	}

	static int run(List<String> arguments, PasswordPrompt prompt, PrintStream out) {
		List<String> names = arguments.stream().filter((argument) -> !argument.startsWith("-")).toList();
		if (names.size() > 1) {
			out.println(USAGE);
			return 2;
		}
		try (ConfigurableApplicationContext application = start(arguments)) {
			return run(application, names.stream().findFirst(), prompt, out);
		}
		catch (BeansException ex) {
			// Spring has said why it did not start.
			return 1;
		}
		catch (DataAccessException | TransactionException ex) {
			// Its message may repeat a row, and so the hash of the password.
			out.println("The database could not be used, nothing is changed: " + ex.getClass().getSimpleName());
			return 1;
		}
	}

	private static int run(ConfigurableApplicationContext application, Optional<String> name, PasswordPrompt prompt,
			PrintStream out) {
		MessageSource messages = application.getBean(MessageSource.class);
		Passwords passwords = application.getBean(Passwords.class);
		try {
			String user = passwords.user(name);
			String password = prompt.ask(user);
			if (password == null) {
				out.println(messages.getMessage("command.password.none", null, Locale.ENGLISH));
				return 1;
			}
			passwords.set(user, password, System.getProperty("user.name", ""));
			out.println(messages.getMessage("command.password.set", new Object[] { user }, Locale.ENGLISH));
			return 0;
		}
		catch (InvalidInputException ex) {
			ex.faults()
				.forEach((fault) -> out.println(
						messages.getMessage("fault." + fault.code(), fault.arguments().toArray(), Locale.ENGLISH)));
			return 1;
		}
		catch (NotFoundException ex) {
			out.println(messages.getMessage("fault.not-found", new Object[] { ex.kind(), ex.name() }, Locale.ENGLISH));
			return 1;
		}
	}

	private static ConfigurableApplicationContext start(List<String> arguments) {
		return new SpringApplicationBuilder(PasswordCommandConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("logging.level.root=WARN", "logging.level.org.springframework.context=ERROR")
			.initializers(PasswordCommandConfiguration::makeNoDatabase)
			.run(arguments.toArray(String[]::new));
	}

}
