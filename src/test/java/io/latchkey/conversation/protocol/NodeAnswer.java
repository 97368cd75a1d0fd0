package io.latchkey.conversation.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;

/** What a node would answer, so that requests can be tried without one. */
public final class NodeAnswer implements Deadlines {

	public static final PublicKey HOST_KEY = key(
			"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");

	public static final Peer ROOT = peer(Privilege.ROOT, "OpenSSH_9.2p1");

	public static final Peer DEPLOY = peer(Privilege.SELF, "OpenSSH_9.2p1");

	private static final Duration NO_WAITING = Duration.ofMillis(1);

	private final Answers answers;

	private final ObservedPaths observed = new ObservedPaths();

	private Peer peer = ROOT;

	private int deadlines;

	public NodeAnswer(String... lines) {
		this.answers = new Answers(
				new ByteArrayInputStream(
						(String.join("\n", lines) + (lines.length > 0 ? "\n" : "")).getBytes(StandardCharsets.UTF_8)),
				this);
	}

	public static Peer peer(Privilege privilege, String sshVersion) {
		return new Peer((privilege == Privilege.SELF) ? "deploy" : "root", privilege, sshVersion, HOST_KEY,
				Set.of("rsa-sha2-512"));
	}

	public NodeAnswer to(Peer asking) {
		this.peer = asking;
		return this;
	}

	public <R> R read(Request<R> request) {
		ContentRoom.Share room = new ContentRoom(NO_WAITING, NO_WAITING).share("node 22");
		ConversationFailures failures = new ConversationFailures("node 22",
				new Login(this.peer.account(), this.peer.privilege(), new Secret.Password(new char[0])));
		NodeFacts facts = new NodeFacts(0, Instant.EPOCH, ZoneOffset.UTC, Duration.ZERO, this.peer.sshVersion());
		try {
			return request.read(new Reply(this.answers, this, room, this.observed, failures, this.peer, facts));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What it says afterwards. */
	String nextLine() {
		try {
			return this.answers.line();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public ObservedPaths observed() {
		return this.observed;
	}

	/** How often the node was given its whole time. */
	public int deadlines() {
		return this.deadlines;
	}

	@Override
	public void expectAnswer() {
		this.deadlines++;
	}

	@Override
	public void expectNothing() {
		// no time passes here
	}

	private static PublicKey key(String text) {
		try {
			return PublicKey.parse(text);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
