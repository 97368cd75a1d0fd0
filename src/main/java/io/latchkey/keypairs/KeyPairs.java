package io.latchkey.keypairs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.core.NotFoundException;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityKey;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PrivateKey;
import io.latchkey.openssh.PuttyKeyFile;
import io.latchkey.ssh.GeneratedKeyPair;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes key pairs for people and services. Only the public half is stored.
 */
@Service
public class KeyPairs {

	private static final int LEAST_LENGTH = 8;

	private static final int GREATEST_LENGTH = 256;

	/**
	 * What every terminal, Windows' among them, hands to ssh as the same bytes.
	 */
	private static final Pattern TYPABLE = Pattern.compile("[\\x20-\\x7e]*");

	private final Identities identities;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	KeyPairs(Identities identities, ApplicationEventPublisher events, TransactionTemplate transaction) {
		this.identities = identities;
		this.events = events;
		this.transaction = transaction;
	}

	/**
	 * Makes a key pair and adds its public half to the identity. To be closed by who
	 * asked.
	 * @throws NotFoundException when there is no such identity
	 * @throws InvalidInputException when it is no person and no service, or the
	 * passphrase would not do
	 */
	public MadeKeyPair make(String identity, KeyPairDraft draft) {
		NoTransaction.require();
		check(this.identities.get(identity), draft);
		String comment = FreeText.oneLine(Objects.requireNonNullElse(draft.comment(), identity));
		try (GeneratedKeyPair pair = GeneratedKeyPair.generate(draft.kind(), comment)) {
			byte[] passphrase = bytes(draft.passphrase());
			try {
				byte[] openSsh = (passphrase != null) ? pair.privateKey(passphrase) : pair.privateKey();
				byte[] putty = putty(pair, comment, passphrase);
				return new MadeKeyPair(draft.kind(), store(identity, draft, pair, comment), openSsh, putty);
			}
			finally {
				if (passphrase != null) {
					Arrays.fill(passphrase, (byte) 0);
				}
			}
		}
	}

	private IdentityKey store(String identity, KeyPairDraft draft, GeneratedKeyPair pair, String comment) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			IdentityKey added = add(identity, draft, pair.publicKey().render(), comment);
			this.events.publishEvent(new KeyPairMade(identity, pair.publicKey().fingerprint(),
					(draft.passphrase() != null) ? KeyPairMade.Protection.PASSPHRASE : KeyPairMade.Protection.NONE));
			return added;
		}));
	}

	private IdentityKey add(String identity, KeyPairDraft draft, String publicKey, String comment) {
		KeyReplacement replacement = draft.replacement();
		return (replacement != null)
				? this.identities.replaceKey(identity, publicKey, comment, draft.expiresAt(), replacement)
				: this.identities.addKey(identity, publicKey, comment, draft.expiresAt());
	}

	private static void check(Identity identity, KeyPairDraft draft) {
		Faults faults = new Faults();
		if (identity.kind() != IdentityKind.PERSON && identity.kind() != IdentityKind.SERVICE) {
			faults.add(Fault.of("kind", "key-pair.kind"));
		}
		String passphrase = draft.passphrase();
		if (passphrase != null && (passphrase.length() < LEAST_LENGTH || passphrase.length() > GREATEST_LENGTH)) {
			faults.add(Fault.of("passphrase", "passphrase.length", LEAST_LENGTH, GREATEST_LENGTH));
		}
		if (passphrase != null && !TYPABLE.matcher(passphrase).matches()) {
			faults.add(Fault.of("passphrase", "passphrase.characters"));
		}
		faults.check();
	}

	private static byte[] putty(GeneratedKeyPair pair, String comment, byte @Nullable [] passphrase) {
		byte[] plain = pair.privateKey();
		try (PrivateKey key = PrivateKey.parse(plain)) {
			PuttyKeyFile file = new PuttyKeyFile(key, comment);
			return (passphrase != null) ? file.render(passphrase, new Argon2id()) : file.render();
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("The key pair that was made cannot be read", ex);
		}
		finally {
			Arrays.fill(plain, (byte) 0);
		}
	}

	private static byte @Nullable [] bytes(@Nullable String passphrase) {
		return (passphrase != null) ? passphrase.getBytes(StandardCharsets.US_ASCII) : null;
	}

}
