package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

import io.latchkey.enrolment.Enrolments;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Adds the sandbox to the product: its nodes before anything else runs, its records once
 * the product is up.
 */
@TestConfiguration(proxyBeanMethods = false)
public class SandboxConfiguration {

	@Bean
	SandboxFolder sandboxFolder(@Value("${latchkey.data-dir}") Path path) {
		return SandboxFolder.at(path);
	}

	@Bean(initMethod = "start")
	Sandbox sandbox(SandboxFolder folder, Clock clock) throws IOException {
		return new Sandbox(folder, clock);
	}

	@Bean
	SandboxFurnisher sandboxFurnisher(Sandbox sandbox, SandboxFolder folder, Identities identities, Teams teams,
			Nodes nodes, Clusters clusters, Enrolments enrolments, Grants grants, Clock clock) {
		return new SandboxFurnisher(folder, new SandboxPeople(folder, identities, teams),
				new SandboxMachines(sandbox, folder, nodes, clusters, enrolments), new SandboxGrants(grants, clock));
	}

	@Bean
	ApplicationRunner furnishSandbox(SandboxFurnisher furnisher) {
		return (arguments) -> furnisher.furnish();
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> sandboxGreeting(Sandbox sandbox, SandboxFolder folder,
			Environment environment) {
		return new SandboxGreeting(sandbox, folder, environment);
	}

}
