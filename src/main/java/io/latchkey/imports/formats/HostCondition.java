package io.latchkey.imports.formats;

import java.util.List;

import io.latchkey.imports.formats.SshConfigBlock.Condition;
import io.latchkey.imports.formats.SshConfigBlock.Pass;
import io.latchkey.imports.formats.SshConfigBlock.Verdict;
import io.latchkey.openssh.NamePatterns;

/**
 * The condition of a {@code Host} line.
 */
record HostCondition(NamePatterns patternsOfLine) implements Condition {

	@Override
	public Verdict isFor(String name, SshSettings before, Pass pass) {
		return this.patternsOfLine.matches(name) ? Verdict.YES : Verdict.NO;
	}

	@Override
	public List<String> names() {
		return this.patternsOfLine.names();
	}

	@Override
	public int patterns() {
		return this.patternsOfLine.isLiteral() ? 0 : this.patternsOfLine.size();
	}

}
