package io.latchkey.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What a form that was refused brings back with it, kept in the session until the page is
 * asked for to which it leads. Only the latest few: a form may hold a long list, and one
 * whose answer nobody follows would keep its own for minutes.
 */
@Component("flashMapManager")
class FewFlashes extends SessionFlashMapManager {

	static final int MOST = 3;

	@Override
	protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
		List<FlashMap> latest = flashMaps.subList(Math.max(0, flashMaps.size() - MOST), flashMaps.size());
		// other requests of the session read it meanwhile
		super.updateFlashMaps(new CopyOnWriteArrayList<>(latest), request, response);
	}

}
