package io.latchkey.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Ends the start's log with what a visitor needs to try the product.
 */
class SandboxGreeting implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(SandboxGreeting.class);

	private final Sandbox sandbox;

	private final SandboxFolder folder;

	private final Environment environment;

	SandboxGreeting(Sandbox sandbox, SandboxFolder folder, Environment environment) {
		this.sandbox = sandbox;
		this.folder = folder;
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		logger.info("""
				The sandbox is ready

				  Address   http://localhost:{}
				  User      admin
				  Password  {}

				  The visitor's key opens every node that is not only observed:
				  {}

				  Its lines, to break something: {}
				  Ports of the nodes: {}; password for a first login: {}
				  Everything is kept in {}
				""", this.environment.getProperty("local.server.port"),
				this.environment.getProperty("latchkey.admin-password"),
				this.sandbox.loginCommand(this.sandbox.node(1)), this.sandbox.node(1).authorizedKeys(),
				this.sandbox.nodes().stream().map(SandboxNode::port).toList(), this.folder.nodePassword(),
				this.folder.path());
	}

}
