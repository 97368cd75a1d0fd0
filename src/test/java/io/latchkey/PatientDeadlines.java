package io.latchkey;

import java.time.Duration;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Scales what the application waits for, by {@link Patience}, unless a test says
 * otherwise. A node has five seconds for the proof of a file instead of half a minute:
 * several tests wait for their end.
 */
public class PatientDeadlines implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Map<String, Object> DEADLINES = Map.of("latchkey.reconcile.confirm-within", seconds(5),
			"latchkey.transport.connect-timeout", seconds(5), "latchkey.transport.auth-timeout", seconds(10),
			"latchkey.transport.answer-timeout", seconds(15), "latchkey.transport.conversation-timeout", seconds(60));

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getEnvironment().getPropertySources().addLast(new MapPropertySource("patient deadlines", DEADLINES));
	}

	private static String seconds(int onQuietMachine) {
		return Patience.of(Duration.ofSeconds(onQuietMachine)).toString();
	}

}
