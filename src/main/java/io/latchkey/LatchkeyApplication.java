package io.latchkey;

import io.latchkey.commands.Commands;

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
		if (args.length == 0 || (args[0].startsWith("--") && !args[0].equals("--help"))) {
			SpringApplication.run(LatchkeyApplication.class, args);
		}
		else {
			System.exit(Commands.run(args));
		}
	}

}
