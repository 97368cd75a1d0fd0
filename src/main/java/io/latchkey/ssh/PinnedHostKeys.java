package io.latchkey.ssh;

import java.util.Arrays;
import java.util.List;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import org.jspecify.annotations.Nullable;

/**
 * The host keys that a node may show, asked by JSch after the node has proved to hold the
 * private half. Keeps what was shown, and takes in nothing.
 */
final class PinnedHostKeys implements HostKeyRepository {

	private final List<byte[]> pinned;

	private final Runnable known;

	private byte @Nullable [] shown;

	/**
	 * @param known is run when the node has shown a pinned key
	 */
	PinnedHostKeys(List<io.latchkey.inventory.HostKey> pinned, Runnable known) {
		this.pinned = pinned.stream().map((hostKey) -> hostKey.key().blob()).toList();
		this.known = known;
	}

	/** Knows no key, so that the node is asked for one and left. */
	PinnedHostKeys() {
		this(List.of(), () -> {
		});
	}

	/** Their types, each once. */
	static List<String> typesOf(List<io.latchkey.inventory.HostKey> pinned) {
		return pinned.stream().map((hostKey) -> hostKey.key().type()).distinct().toList();
	}

	/** The key that the node showed; null when it did not come to that. */
	byte @Nullable [] shown() {
		return this.shown;
	}

	@Override
	public int check(String host, byte[] key) {
		this.shown = key.clone();
		if (this.pinned.isEmpty()) {
			return NOT_INCLUDED;
		}
		if (this.pinned.stream().noneMatch((each) -> Arrays.equals(each, key))) {
			return CHANGED;
		}
		this.known.run();
		return OK;
	}

	@Override
	public void add(HostKey hostkey, @Nullable UserInfo ui) {
		throw new UnsupportedOperationException("Host keys are pinned by a person");
	}

	@Override
	public void remove(String host, String type) {
		throw new UnsupportedOperationException("Host keys are pinned by a person");
	}

	@Override
	public void remove(String host, String type, byte @Nullable [] key) {
		throw new UnsupportedOperationException("Host keys are pinned by a person");
	}

	@Override
	public String getKnownHostsRepositoryID() {
		return "Latchkey";
	}

	@Override
	public HostKey[] getHostKey() {
		return new HostKey[0];
	}

	@Override
	public HostKey[] getHostKey(String host, String type) {
		return new HostKey[0];
	}

}
