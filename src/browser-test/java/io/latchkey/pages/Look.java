package io.latchkey.pages;

import java.util.Locale;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * How a person looks at a page: the colours that their system asks for, and the width of
 * their screen.
 */
enum Look {

	DESK_LIGHT(1280, 900, ColorScheme.LIGHT), DESK_DARK(1280, 900, ColorScheme.DARK),
	PHONE_LIGHT(390, 844, ColorScheme.LIGHT), PHONE_DARK(390, 844, ColorScheme.DARK);

	private final int width;

	private final int height;

	private final ColorScheme colours;

	Look(int width, int height, ColorScheme colours) {
		this.width = width;
		this.height = height;
		this.colours = colours;
	}

	Browser.NewContextOptions options(String address) {
		return new Browser.NewContextOptions().setBaseURL(address)
			.setViewportSize(this.width, this.height)
			.setColorScheme(this.colours)
			// without it colours fade from day to night, and axe sees them on their way
			.setReducedMotion(ReducedMotion.REDUCE)
			.setLocale("en-GB")
			.setTimezoneId("UTC");
	}

	/** Shows an open page so. */
	void putOn(Page page) {
		page.setViewportSize(this.width, this.height);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(this.colours));
	}

	boolean isDark() {
		return this.colours == ColorScheme.DARK;
	}

	/** As it stands in the name of a screenshot, such as {@code 1280-light}. */
	String label() {
		return this.width + "-" + this.colours.name().toLowerCase(Locale.ROOT);
	}

}
