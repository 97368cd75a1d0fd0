/**
 * The pages on which many nodes come under management at once.
 */
@NullMarked
package io.latchkey.pages.enrolment;

import org.jspecify.annotations.NullMarked;
