package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.util.function.Consumer;

import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers to one request, and what it takes to read it. A hostile node
 * decides what comes here.
 */
public final class Reply {

	private final Answers answers;

	private final Deadlines deadlines;

	private final ContentRoom.Share room;

	private final ObservedPaths observed;

	private final ConversationFailures failures;

	private final Peer peer;

	private final NodeFacts facts;

	/**
	 * @param room for the contents that the conversation reads
	 * @param observed what it has observed
	 * @param facts what the node said of itself
	 */
	public Reply(Answers answers, Deadlines deadlines, ContentRoom.Share room, ObservedPaths observed,
			ConversationFailures failures, Peer peer, NodeFacts facts) {
		this.answers = answers;
		this.deadlines = deadlines;
		this.room = room;
		this.observed = observed;
		this.failures = failures;
		this.peer = peer;
		this.facts = facts;
	}

	public Peer peer() {
		return this.peer;
	}

	public NodeFacts facts() {
		return this.facts;
	}

	/** The next line. */
	public String line() throws IOException {
		return this.answers.line();
	}

	/** The next line, for which the node may take as long as for a first one. */
	public String awaitLine() throws IOException {
		return this.answers.awaitLine();
	}

	/**
	 * Reads the lines before the last one, each as it comes.
	 * @param last what the last one says
	 * @param most of the lines before it
	 */
	public void linesBefore(String last, int most, Consumer<String> reading) throws IOException {
		this.answers.linesBefore(last, most, reading);
	}

	/** Whether there is room for so many bytes; that may have to be waited for. */
	public boolean hasRoomFor(int size) {
		this.deadlines.expectNothing();
		boolean fits = this.room.takesBytes(size);
		this.deadlines.expectAnswer();
		return fits;
	}

	/** Whether there is room for its lines as well. */
	public boolean hasRoomForLinesOf(byte[] content) {
		return this.room.takesLines(content);
	}

	public byte[] bytes(int size) throws IOException {
		return this.answers.bytes(size);
	}

	/** All bytes up to a line that cannot be among them. */
	public byte[] bytesUntil(String mark, int most) throws IOException {
		return this.answers.bytesUntil(mark, most);
	}

	public void skip(int size) throws IOException {
		this.answers.skip(size);
	}

	/**
	 * The account's file may be written to from now on.
	 * @param path null where none is known
	 */
	public void note(String account, @Nullable String path) {
		this.observed.add(account, path);
	}

	/** The conversation goes on after that. */
	public NodeException fileUnreadable(String account, String path, String code, String detail) {
		return this.failures.fileUnreadable(account, path, code, detail);
	}

}
