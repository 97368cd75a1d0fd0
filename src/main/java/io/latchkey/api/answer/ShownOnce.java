package io.latchkey.api.answer;

/**
 * An answer with a {@link SecretText}, which is kept nowhere: a repeat with the same
 * {@code Idempotency-Key} is told that it was shown, and makes nothing anew.
 */
public interface ShownOnce {

}
