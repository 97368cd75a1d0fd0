package io.latchkey.conversation.hosts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.RandomToken;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;

/**
 * Has the node name the host keys of its sshd and prove that it has them; that costs it
 * some milliseconds for each. Names none where they cannot be known: not as root, or
 * another server than OpenSSH's. Proves none where {@code ssh-keygen} is older than
 * OpenSSH 8.1. An account that is not root is not asked: it has keys of its own, and
 * could prove to have those.
 *
 * @param token that is to be signed, for this once
 */
public record VouchForHostKeys(String token) implements Request<VouchedHostKeys> {

	private static final int MOST_HOST_KEYS = 20;

	private static final Pattern HOST_KEY = Pattern
		.compile("hostkey ([A-Za-z0-9@.-]{1,100}) ([A-Za-z0-9+/=]{1,8000}) ([A-Za-z0-9+/=]{1,8000}|-)");

	public VouchForHostKeys() {
		this(RandomToken.next());
	}

	@Override
	public String text(Peer peer) {
		return "vouch %s\n".formatted(NodeScript.requireToken(this.token));
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public Optional<VouchedHostKeys> unasked(Peer peer) {
		return peer.isOneAccount() ? Optional.of(new VouchedHostKeys(peer.hostKey(), List.of(), List.of()))
				: Optional.empty();
	}

	@Override
	public VouchedHostKeys read(Reply reply) throws IOException {
		List<PublicKey> named = new ArrayList<>();
		List<PublicKey> proved = new ArrayList<>();
		reply.linesBefore("vouched", MOST_HOST_KEYS, (line) -> {
			Matcher matcher = HOST_KEY.matcher(line);
			if (!matcher.matches()) {
				throw new GrammarViolation("'hostkey' or 'vouched' was expected", line);
			}
			key(matcher.group(1) + " " + matcher.group(2)).ifPresent((key) -> {
				named.add(key);
				if (HostKeyProof.holds(key, matcher.group(3), HostKeyProof.VOUCHING, this.token)) {
					proved.add(key);
				}
			});
		});
		return new VouchedHostKeys(reply.peer().hostKey(), named, proved);
	}

	/** One of a kind that is not known, as of DSA, cannot be pinned either. */
	private static Optional<PublicKey> key(String text) {
		try {
			return Optional.of(PublicKey.parse(text)).filter((key) -> !key.isCertificate());
		}
		catch (InvalidKeyException ex) {
			return Optional.empty();
		}
	}

}
