package io.latchkey.security;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Gives up a body that does not come to its end in time. Tomcat itself only bounds how
 * long the next byte may take, and one in each such while would go on for days.
 */
class BodyDeadline extends ValveBase {

	private final Duration longest;

	BodyDeadline(Duration longest) {
		super(true);
		this.longest = longest;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request coyote = request.getCoyoteRequest();
		InputBuffer whole = coyote.getInputBuffer();
		coyote.setInputBuffer(new Bounded(coyote, whole, System.nanoTime() + this.longest.toNanos()));
		try {
			getNext().invoke(request, response);
		}
		finally {
			coyote.setInputBuffer(whole);
		}
	}

	private record Bounded(org.apache.coyote.Request request, InputBuffer whole, long deadline) implements InputBuffer {

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (System.nanoTime() - this.deadline > 0) {
				this.request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
				throw new SocketTimeoutException("The body of the request took too long");
			}
			return this.whole.doRead(handler);
		}

		@Override
		public int available() {
			return this.whole.available();
		}

	}

}
