package io.latchkey.reconcile.converse;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * What a node's {@code RevokedKeys} (sshd_config(5)) holds. A list of keys is read; a KRL
 * of ssh-keygen(1) is not.
 *
 * @param missing a file that is not there, or null: sshd refuses every key then
 */
record RevokedKeys(Set<Fingerprint> keys, @Nullable String missing) {

	static final RevokedKeys NONE = new RevokedKeys(Set.of(), null);

	private static final String KRL = "SSHKRL\n";

	/**
	 * Reads the files, as root does. One that cannot be read otherwise is passed over.
	 */
	static RevokedKeys read(NodeConversation conversation, List<String> files) {
		Set<Fingerprint> keys = new HashSet<>();
		String missing = null;
		for (String file : files) {
			try {
				byte[] content = conversation.ask(new ReadFile("root", file));
				if (!isKrl(content)) {
					AuthorizedKeysFile.parse(content)
						.lines()
						.forEach((line) -> line.key().map(PublicKey::fingerprint).ifPresent(keys::add));
				}
			}
			catch (NodeException.FileUnreadable ex) {
				missing = "absent".equals(ex.reason()) ? file : missing;
			}
		}
		return new RevokedKeys(keys, missing);
	}

	private static boolean isKrl(byte[] content) {
		return new String(content, 0, Math.min(content.length, KRL.length()), StandardCharsets.ISO_8859_1).equals(KRL);
	}

}
