/**
 * What every module may use: who acts, what is recorded, how faults of input are told.
 * Depends on nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.latchkey.core;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
