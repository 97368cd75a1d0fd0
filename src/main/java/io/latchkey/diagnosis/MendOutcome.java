package io.latchkey.diagnosis;

/**
 * What became of a mend or its undoing, and how logins stand after it.
 */
public record MendOutcome(Mend mend, Diagnosis diagnosis) {

}
