package io.latchkey;

import java.util.Arrays;

import io.latchkey.users.PasswordCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The application.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class LatchkeyApplication {

	public static void main(String[] args) {
		if (args.length == 0 || args[0].startsWith("-")) {
			SpringApplication.run(LatchkeyApplication.class, args);
		}
		else if (args[0].equals(PasswordCommand.NAME)) {
			System.exit(PasswordCommand.run(Arrays.asList(args).subList(1, args.length)));
		}
		else {
			System.err.printf("There is no command '%s'. Expected none, or %s%n", args[0], PasswordCommand.NAME);
			System.exit(2);
		}
	}

}
