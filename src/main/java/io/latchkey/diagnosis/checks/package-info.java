/**
 * The causes why logins fail, a class each: a new one is a class here, its texts in the
 * bundle and its test.
 */
@NullMarked
package io.latchkey.diagnosis.checks;

import org.jspecify.annotations.NullMarked;
