package io.latchkey.bench;

import java.time.Duration;

/** Something to be measured, which returns what it cost its client. */
@FunctionalInterface
interface Step {

	Duration run() throws Exception;

}
