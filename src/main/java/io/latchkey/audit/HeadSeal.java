package io.latchkey.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.latchkey.secrets.SecretVault;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Proves that the end of the chain was written by Latchkey. Whoever has the database
 * alone can write the chain anew from any record on, since each hash follows from the one
 * before, but not the seal of its end: that takes the master key.
 */
@Component
class HeadSeal {

	private static final String CONTEXT = "audit_head:seal:1";

	private final SecretVault vault;

	HeadSeal(SecretVault vault) {
		this.vault = vault;
	}

	ChainHead seal(ChainLink link, @Nullable Long brokenAt) {
		return new ChainHead(link.sequence(), link.hash(), of(link, brokenAt), brokenAt);
	}

	boolean fits(ChainHead head) {
		return head.seal() != null && MessageDigest.isEqual(head.seal().getBytes(StandardCharsets.UTF_8),
				of(head.link(), head.brokenAt()).getBytes(StandardCharsets.UTF_8));
	}

	private String of(ChainLink link, @Nullable Long brokenAt) {
		String text = link.sequence() + " " + link.hash() + " " + ((brokenAt != null) ? brokenAt : "-");
		return HexFormat.of().formatHex(this.vault.authenticate(text.getBytes(StandardCharsets.UTF_8), CONTEXT));
	}

}
