package io.latchkey.api.problem;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/**
 * Answers what the firewall rejects, such as a path with a semicolon.
 */
@Component
class RejectedRequests implements RequestRejectedHandler {

	private final RequestRejectedHandler elsewhere = new HttpStatusRequestRejectedHandler();

	private final UnroutedProblems problems;

	RejectedRequests(UnroutedProblems problems) {
		this.problems = problems;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException ex)
			throws IOException, ServletException {
		if (UnroutedProblems.covers(request)) {
			this.problems.answer(request, response,
					new RefusedException(HttpStatus.BAD_REQUEST, "bad-request", Map.of()));
		}
		else {
			this.elsewhere.handle(request, response, ex);
		}
	}

}
