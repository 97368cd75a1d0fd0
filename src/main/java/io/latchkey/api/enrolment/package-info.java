/**
 * {@code /enrolment}.
 */
@NullMarked
package io.latchkey.api.enrolment;

import org.jspecify.annotations.NullMarked;
