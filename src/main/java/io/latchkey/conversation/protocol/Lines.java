package io.latchkey.conversation.protocol;

import java.io.IOException;

/** Where the lines of an answer come from. */
@FunctionalInterface
public interface Lines {

	String next() throws IOException;

}
