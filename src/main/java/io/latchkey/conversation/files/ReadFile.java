package io.latchkey.conversation.files;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.ssh.NodeException;

import org.springframework.modulith.NamedInterface;

/**
 * Reads an account's file, with the account's own rights. A file that changes meanwhile
 * may come torn; its {@link ContentHash} is not the observed one then. One that cannot be
 * read is a {@link NodeException.FileUnreadable}, and the conversation goes on.
 *
 * @param path as observed
 */
@NamedInterface("files")
public record ReadFile(String account, String path) implements Request<byte[]> {

	private static final Pattern CONTENT = Pattern.compile("content (\\d{1,8})");

	@Override
	public String text(Peer peer) {
		return "read %s %s\n".formatted(NodeScript.accountWord(this.account), NodeScript.requirePath(this.path));
	}

	@Override
	public byte[] read(Reply reply) throws IOException {
		String answer = reply.line();
		Matcher failed = Grammar.FAILED.matcher(answer);
		if (failed.matches()) {
			throw reply.fileUnreadable(this.account, this.path, failed.group(1), failed.group(2));
		}
		int size = size(answer);
		if (!reply.hasRoomFor(size)) {
			reply.skip(size);
			throw reply.fileUnreadable(this.account, this.path, "too-much-at-once", "%d bytes".formatted(size));
		}
		byte[] content = reply.bytes(size);
		if (!reply.hasRoomForLinesOf(content)) {
			throw reply.fileUnreadable(this.account, this.path, "too-many-lines", "%d bytes".formatted(size));
		}
		return content;
	}

	public static int size(String answer) {
		int size = Integer.parseInt(Grammar.only(CONTENT, answer, "content was expected"));
		if (size > NodeScript.CONTENT_LIMIT) {
			throw new GrammarViolation("content was expected", answer);
		}
		return size;
	}

}
