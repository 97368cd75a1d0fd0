package io.latchkey.logins;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.stereotype.Service;

/**
 * Which keys let somebody in on a node, as far as the logs were read.
 */
@Service
public class KeyUses {

	private final KeyUseRepository uses;

	KeyUses(KeyUseRepository uses) {
		this.uses = uses;
	}

	/**
	 * By the node's name, each key once for each account that it let in as; nothing of a
	 * node where none did.
	 */
	public Map<String, List<KeyUse>> on(Collection<String> nodes) {
		return this.uses.onNodes(nodes).stream().collect(Collectors.groupingBy(KeyUse::node));
	}

}
