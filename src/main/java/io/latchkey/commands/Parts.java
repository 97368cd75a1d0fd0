package io.latchkey.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.ToIntFunction;

import io.latchkey.core.StartRefusedException;
import io.latchkey.users.PasswordCommandConfiguration;

import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The part of the application that commands need: the database, the key, the record, and
 * where sealed values stand.
 */
@ComponentScan(basePackages = "io.latchkey", useDefaultFilters = false,
		includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = Parts.SEALED))
class Parts {

	/** The configurations that tell of sealed columns. */
	static final String SEALED = "io\\.latchkey\\.(?!secrets\\.).*\\.Sealed\\w+";

	static int with(List<String> settings, PrintWriter out, ToIntFunction<ApplicationContext> command) {
		return run(builder(), settings, out, command);
	}

	/**
	 * Each part begins only when it is asked for: at their start some write what an
	 * installation has to have.
	 */
	static int lookedAt(List<String> settings, PrintWriter out, ToIntFunction<ApplicationContext> command) {
		return run(builder().lazyInitialization(true), settings, out, command);
	}

	private static int run(SpringApplicationBuilder builder, List<String> settings, PrintWriter out,
			ToIntFunction<ApplicationContext> command) {
		try (ConfigurableApplicationContext parts = builder.run(settings.toArray(String[]::new))) {
			return command.applyAsInt(parts);
		}
		catch (BeansException ex) {
			out.println("Latchkey cannot start as it is set up. " + why(ex));
			return 1;
		}
		catch (DataAccessException | TransactionException ex) {
			// Its message may repeat a row.
			out.println("The database could not be used: " + ex.getClass().getSimpleName());
			return 1;
		}
	}

	private static String why(BeansException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof StartRefusedException refused) {
				return refused.getMessage() + " " + refused.action();
			}
		}
		return "Its log says why, where it starts as it is.";
	}

	private static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(PasswordCommandConfiguration.class, Parts.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("logging.level.root=WARN", "logging.level.org.springframework.context=ERROR")
			.initializers(PasswordCommandConfiguration::makeNoDatabase);
	}

}
