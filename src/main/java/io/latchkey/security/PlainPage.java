package io.latchkey.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that says what went wrong where no template can be rendered: it looks as those
 * in {@code templates/error}.
 */
@Component
class PlainPage {

	private static final String MARKUP = """
			<!DOCTYPE html>
			<html lang="en" data-bs-theme="light">
			<head>
			  <meta charset="utf-8">
			  <meta name="viewport" content="width=device-width, initial-scale=1">
			  <meta name="color-scheme" content="light dark">
			  <title>%s</title>
			  <link rel="stylesheet" href="/webjars/tabler__core/dist/css/tabler.min.css">
			  <link rel="stylesheet" href="/assets/latchkey.css">
			</head>
			<body>
			<main class="lk-sign">
			  <div class="lk-brand px-0 mb-2">%s</div>
			  <div class="card"><div class="card-body">
			    <h1 class="mb-2">%s</h1>
			    <p class="lk-muted mb-0">%s</p>
			  </div></div>
			</main>
			</body>
			</html>
			""";

	private final MessageSource messages;

	PlainPage(MessageSource messages) {
		this.messages = messages;
	}

	/**
	 * @param title the key of its title; what to do stands under the same with
	 * {@code .hint}
	 */
	String render(String title) {
		String name = text(title);
		return MARKUP.formatted(text("page.title", name), text("page.brand"), name, text(title + ".hint"));
	}

	void write(HttpServletResponse response, String title) throws IOException {
		prepare(response);
		response.getOutputStream().write(render(title).getBytes(StandardCharsets.UTF_8));
	}

	/** Says what kind of a page comes. */
	void prepare(HttpServletResponse response) {
		response.setContentType(MediaType.TEXT_HTML_VALUE);
		response.setCharacterEncoding("UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Content-Security-Policy",
				"default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'");
	}

	private String text(String key, Object... arguments) {
		return HtmlUtils.htmlEscape(this.messages.getMessage(key, arguments, Locale.ENGLISH),
				StandardCharsets.UTF_8.name());
	}

}
