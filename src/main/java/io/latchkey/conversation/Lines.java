package io.latchkey.conversation;

import java.io.IOException;

/** Where the lines of an answer come from. */
@FunctionalInterface
interface Lines {

	String next() throws IOException;

}
