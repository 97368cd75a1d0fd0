package io.latchkey.conversation;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a glance at the times of files is enough to know that they are the same.
 *
 * @param settledAfter how long at least they have had the same times when they are read
 * for the last time; longer than a system keeps what was mapped into memory before it
 * writes it out, 35 s on Linux by default
 * @param readEvery after how long they are read all the same; zero for each time
 */
@ConfigurationProperties("latchkey.glance")
record GlanceProperties(@DefaultValue("60s") Duration settledAfter, @DefaultValue("1h") Duration readEvery) {

	/** Each time. */
	static final GlanceProperties NEVER = new GlanceProperties(Duration.ZERO, Duration.ZERO);

}
