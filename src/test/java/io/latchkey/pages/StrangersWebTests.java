package io.latchkey.pages;

import io.latchkey.ApplicationTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever isn't signed in leaves nothing behind. What that costs at length is soaked. */
@ApplicationTest
class StrangersWebTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ServletWebServerApplicationContext application;

	@Autowired
	private MeterRegistry meters;

	@Test
	void makeNoSessionAndNothingThatGrows() throws Exception {
		Strangers strangers = new Strangers(this.port);
		assertThat(strangers.ask(112)).isZero();
		int before = sessions();
		int metersBefore = this.meters.getMeters().size();
		assertThat(strangers.ask(1_000)).isZero();
		assertThat(sessions()).isLessThanOrEqualTo(before);
		assertThat(this.meters.getMeters()).hasSizeLessThan(metersBefore + 20);
	}

	private int sessions() {
		TomcatWebServer server = (TomcatWebServer) this.application.getWebServer();
		for (Container child : server.getTomcat().getHost().findChildren()) {
			if (child instanceof Context context) {
				return context.getManager().getActiveSessions();
			}
		}
		throw new IllegalStateException("There is no context");
	}

}
