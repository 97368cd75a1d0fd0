package io.latchkey.conversation.accounts;

import java.util.List;

/**
 * The accounts of a node, by the files and sources that nsswitch.conf(5) names.
 *
 * @param names those that are plain, at most as many as were asked for
 * @param whole whether there can be no other plain name: all were told, and they come
 * from nothing but files of the node's own
 */
public record AllAccounts(List<String> names, boolean whole) {

	public AllAccounts {
		names = List.copyOf(names);
	}

}
