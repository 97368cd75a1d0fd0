package io.latchkey.api.idempotency;

import java.util.List;
import java.util.Map;

/**
 * The answer that a repeated request gets again.
 *
 * @param headers without those that each answer gets by itself
 */
record FirstAnswer(int status, Map<String, List<String>> headers, byte[] body) {

}
