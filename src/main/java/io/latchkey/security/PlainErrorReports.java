package io.latchkey.security;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;

/**
 * Has Tomcat say in Latchkey's words what it refuses before anything else sees it: a
 * request that is malformed, too long, or of an unknown kind.
 */
class PlainErrorReports extends ErrorReportValve {

	private static final Logger LOGGER = LoggerFactory.getLogger(PlainErrorReports.class);

	private final PlainPage page;

	PlainErrorReports(PlainPage page) {
		this.page = page;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		int status = response.getStatus();
		if (status < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0
				|| !response.setErrorReported()) {
			return;
		}
		AtomicBoolean open = new AtomicBoolean();
		response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
		if (open.get()) {
			write(response, (status == HttpStatus.INTERNAL_SERVER_ERROR.value()) ? "page.error.500" : "page.error.4xx");
		}
	}

	private void write(Response response, String title) {
		try {
			this.page.prepare(response);
			Writer writer = response.getReporter();
			if (writer != null) {
				writer.write(this.page.render(title));
				response.finishResponse();
			}
		}
		catch (IOException ex) {
			LOGGER.debug("Whoever sent the request is gone", ex);
		}
	}

}
