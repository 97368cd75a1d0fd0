package io.latchkey.pages;

import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;

class FewFlashesTests {

	private final FewFlashes flashes = new FewFlashes();

	private final MockHttpSession session = new MockHttpSession();

	@Test
	void keepsTheLatestFew() {
		for (int i = 0; i < 100; i++) {
			keep("/page" + i);
		}
		assertThat(take("/page96")).isNull();
		assertThat(take("/page97")).isNotNull();
		assertThat(take("/page99")).isNotNull();
		assertThat(take("/page99")).isNull();
	}

	/** A page that is open asks for its lists while a form is sent. */
	@Test
	void areReadByOneRequestWhileAnotherTakesOne() {
		keep("/page1");
		keep("/page2");
		Object kept = this.session.getAttribute(this.session.getAttributeNames().nextElement());
		Iterator<?> read = ((List<?>) kept).iterator();
		assertThat(read.next()).isInstanceOf(FlashMap.class);
		assertThat(take("/page1")).isNotNull();
		assertThat(read.next()).isInstanceOf(FlashMap.class);
	}

	private void keep(String page) {
		FlashMap map = new FlashMap();
		map.put("form", page);
		map.setTargetRequestPath(page);
		this.flashes.saveOutputFlashMap(map, request("/elsewhere"), new MockHttpServletResponse());
	}

	private Object take(String page) {
		return this.flashes.retrieveAndUpdate(request(page), new MockHttpServletResponse());
	}

	private MockHttpServletRequest request(String path) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setSession(this.session);
		return request;
	}

}
