package io.latchkey.core;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says at the start that the process would outlive an {@code OutOfMemoryError}: threads
 * that have died of one don't come back, and what is up but mute is not started again.
 */
@Component
class OutOfMemoryCheck {

	/** Of the java command; it cannot be set later. */
	static final String OPTION = "ExitOnOutOfMemoryError";

	private static final Logger log = LoggerFactory.getLogger(OutOfMemoryCheck.class);

	@EventListener(ApplicationReadyEvent.class)
	void warn() {
		if (!endsTheProcess()) {
			log.warn("When memory runs out this process would stay up without answering. Start it with "
					+ "java -XX:+{} and let what starts it start it again", OPTION);
		}
	}

	static boolean endsTheProcess() {
		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		// Other virtual machines have options of their own for that.
		return options == null || Boolean.parseBoolean(options.getVMOption(OPTION).getValue())
				|| Boolean.parseBoolean(options.getVMOption("CrashOnOutOfMemoryError").getValue());
	}

}
