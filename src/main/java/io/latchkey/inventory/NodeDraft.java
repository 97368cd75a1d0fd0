package io.latchkey.inventory;

import java.util.Map;

/**
 * What can be said of a node when it is added or changed; not yet checked.
 */
public record NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
		Map<String, String> labels) {

}
