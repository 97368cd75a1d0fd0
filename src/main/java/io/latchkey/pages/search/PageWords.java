package io.latchkey.pages.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.latchkey.pages.Texts;
import io.latchkey.pages.Viewer;

import org.springframework.stereotype.Component;

/**
 * Finds pages by words that people look for, rather than by names of things.
 */
@Component
class PageWords {

	/** Shorter parts of words would find pages for every name. */
	private static final int SHORTEST = 3;

	private static final List<Page> PAGES = List.of(new Page("page.door.key", "/settings", false),
			new Page("page.door.tokens", "/settings/tokens", true), new Page("page.help", "/help", false),
			new Page("page.candidates.title", "/enrolment", false),
			new Page("page.import.title", "/enrolment/import", false),
			new Page("page.enrolment-tokens.title", "/enrolment/tokens", true),
			new Page("page.door.foreign-keys", "/foreign-keys", false),
			new Page("page.door.changes", "/changes", false), new Page("page.door.new-grant", "/grants/new", false));

	private final Texts texts;

	PageWords(Texts texts) {
		this.texts = texts;
	}

	/** The pages that have a word which begins so, or whose title does. */
	List<Finding> find(String query, Viewer viewer) {
		String begin = query.toLowerCase(Locale.ROOT);
		if (begin.length() < SHORTEST) {
			return List.of();
		}
		return PAGES.stream()
			.filter((page) -> viewer.mayAdminister() || !page.forAdmins())
			.filter((page) -> has(page, begin))
			.map((page) -> new Finding("page.search.page", "ti-file", this.texts.of(page.title()), null, page.link()))
			.toList();
	}

	private boolean has(Page page, String begin) {
		String title = this.texts.of(page.title()).toLowerCase(Locale.ROOT);
		String[] words = this.texts.of("page.search.words." + page.link()).split(" ");
		return title.startsWith(begin) || Stream.of(words).anyMatch((word) -> word.startsWith(begin));
	}

	private record Page(String title, String link, boolean forAdmins) {

	}

}
