package io.latchkey.audit;

import java.nio.charset.StandardCharsets;

import io.latchkey.secrets.SecretVault;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Proves that the end of the chain was written by Latchkey. Whoever has the database
 * alone can write the chain anew from any record on, since each hash follows from the one
 * before, but not the seal of its end: that takes a key of the vault.
 */
@Component
class HeadSeal {

	private static final String CONTEXT = "audit_head:seal:1";

	private final SecretVault vault;

	HeadSeal(SecretVault vault) {
		this.vault = vault;
	}

	ChainHead seal(ChainLink link, @Nullable Long brokenAt) {
		return new ChainHead(link.sequence(), link.hash(), this.vault.attest(text(link, brokenAt), CONTEXT), brokenAt);
	}

	boolean fits(ChainHead head) {
		return head.seal() != null && this.vault.attests(head.seal(), text(head.link(), head.brokenAt()), CONTEXT);
	}

	private static byte[] text(ChainLink link, @Nullable Long brokenAt) {
		String text = link.sequence() + " " + link.hash() + " " + ((brokenAt != null) ? brokenAt : "-");
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
