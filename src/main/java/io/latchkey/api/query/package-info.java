/**
 * What callers say beside the body: paging, waiting, conditions.
 */
@NullMarked
package io.latchkey.api.query;

import org.jspecify.annotations.NullMarked;
