package io.latchkey.inventory;

import io.latchkey.core.Saved;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The nodes and their pinned host keys.
 */
public class Nodes {

	public Node create(NodeDraft draft) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Creates or replaces by name; clusters, pinned host keys and enrolment stay. A
	 * changed address or port keeps the pins: another server shows itself by another key.
	 */
	public Saved<Node> put(NodeDraft draft, @Nullable Long expectedVersion) {
		throw new UnsupportedOperationException();
	}

	public void delete(String name) {
		throw new UnsupportedOperationException();
	}

	public Node get(String name) {
		throw new UnsupportedOperationException();
	}

	public Node get(NodeId id) {
		throw new UnsupportedOperationException();
	}

	public Optional<Node> find(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param query a part of the name or address, or null; @param cluster only those in
	 * it, or null
	 */
	public Page<Node> list(@Nullable String query, @Nullable String cluster, Pageable page) {
		throw new UnsupportedOperationException();
	}

	public List<Node> all(Collection<NodeId> ids) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Pins the host keys, in place of any pinned before.
	 */
	public void pinHostKeys(NodeId id, List<HostKey> keys) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Notes that the management key is let in.
	 */
	public void markEnrolled(NodeId id) {
		throw new UnsupportedOperationException();
	}

}
