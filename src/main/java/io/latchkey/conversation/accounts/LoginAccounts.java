package io.latchkey.conversation.accounts;

import java.util.List;

/**
 * The accounts of a node that could log in, as passwd(5) and the directories that its
 * name service lists tell: those whose shell turns nobody away, or that have a file of
 * keys in their home all the same.
 *
 * @param names at most as many as were asked for
 * @param left how many more there are, those with names that cannot be asked for among
 * them
 * @param whole whether the node came to an end with them in time
 */
public record LoginAccounts(List<String> names, int left, boolean whole) {

	public LoginAccounts {
		names = List.copyOf(names);
	}

}
