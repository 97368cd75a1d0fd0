package io.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells which requests are those of programs, which read a problem better than a page.
 */
final class ForPrograms {

	private ForPrograms() {
	}

	static boolean is(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return isIn(path, "/api") || isIn(path, "/actuator");
	}

	/** Whether the path is that of the folder, or of something in it. */
	static boolean isIn(String path, String folder) {
		return path.equals(folder) || path.startsWith(folder + "/");
	}

}
