package io.latchkey.pages;

import java.util.Locale;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

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
			.setLocale("en-GB")
			.setTimezoneId("UTC");
	}

	/** On the same screen by night. */
	Look dark() {
		return (this.width == DESK_DARK.width) ? DESK_DARK : PHONE_DARK;
	}

	/** As it stands in the name of a screenshot, such as {@code 1280-light}. */
	String label() {
		return this.width + "-" + this.colours.name().toLowerCase(Locale.ROOT);
	}

}
