/**
 * The sandbox: a cluster of SSH servers inside of the JVM, to try Latchkey on without a
 * machine to spare. {@code spring-boot:test-run} starts the product with it.
 */
@NullMarked
package io.latchkey.sandbox;

import org.jspecify.annotations.NullMarked;
