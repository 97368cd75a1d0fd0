package io.latchkey.sandbox;

import java.io.IOException;
import java.util.Map;

import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/**
 * A session's channel, which knows whether it has a terminal. Without one ssh goes on all
 * the same.
 */
class SandboxChannel extends ChannelSession {

	/** What the login's key line allows. */
	static final AttributeKey<LoginOptions> OPTIONS = new AttributeKey<>();

	private boolean terminal;

	LoginOptions options() {
		LoginOptions options = getSession().getAttribute(OPTIONS);
		return (options != null) ? options : LoginOptions.NONE;
	}

	boolean hasTerminal() {
		return this.terminal;
	}

	@Override
	protected Result handlePtyReqParsed(String term, int columns, int rows, int width, int height,
			Map<PtyMode, Integer> modes) throws IOException {
		if (!options().terminal() || !Terminal.isAvailable()) {
			return Result.ReplyFailure;
		}
		this.terminal = true;
		return super.handlePtyReqParsed(term, columns, rows, width, height, modes);
	}

	/** Makes them. */
	static class Factory extends ChannelSessionFactory {

		@Override
		public Channel createChannel(Session session) {
			return new SandboxChannel();
		}

	}

}
