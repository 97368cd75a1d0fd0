package io.latchkey.registration;

/**
 * What a machine has to know before it registers itself with a token.
 *
 * @param nonce to be signed with its host keys; good once, and for minutes
 */
public record EnrolmentTerms(EnrolmentToken token, String nonce) {

}
