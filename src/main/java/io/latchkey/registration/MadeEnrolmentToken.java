package io.latchkey.registration;

/**
 * An enrolment token with its text, which is told this once.
 */
public record MadeEnrolmentToken(EnrolmentToken token, EnrolmentTokenText text) {

}
