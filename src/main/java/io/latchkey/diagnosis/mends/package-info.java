/**
 * What Latchkey can do about the causes why logins fail, a class for each kind of deed.
 */
@NullMarked
package io.latchkey.diagnosis.mends;

import org.jspecify.annotations.NullMarked;
