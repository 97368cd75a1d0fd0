/**
 * The OpenAPI document.
 */
@NullMarked
package io.latchkey.api.openapi;

import org.jspecify.annotations.NullMarked;
