/**
 * {@code /management-key}.
 */
@NullMarked
package io.latchkey.api.managementkey;

import org.jspecify.annotations.NullMarked;
