package io.latchkey.openssh;

/**
 * A public key and the comment beside it, as a format has them.
 *
 * @param comment empty when there is none
 */
record CommentedKey(PublicKey key, String comment) {

}
