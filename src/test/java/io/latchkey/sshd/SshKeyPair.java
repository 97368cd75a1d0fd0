package io.latchkey.sshd;

import java.nio.file.Path;

/**
 * A key pair of {@code ssh-keygen}.
 *
 * @param privateKey the file with the private half, without a passphrase
 * @param publicKey the public half in one line, with its comment
 * @param fingerprint the fingerprint as {@code ssh-keygen -l} prints it
 */
public record SshKeyPair(Path privateKey, String publicKey, String fingerprint) {

}
