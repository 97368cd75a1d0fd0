/**
 * Request bodies: strict JSON, read into records, with all the faults at once.
 */
@NullMarked
package io.latchkey.api.body;

import org.jspecify.annotations.NullMarked;
