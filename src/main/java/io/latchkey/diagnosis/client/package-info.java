/**
 * What clients say while they try to log in, read.
 */
@NullMarked
package io.latchkey.diagnosis.client;

import org.jspecify.annotations.NullMarked;
