package io.latchkey.enrolment.imports;

import java.util.List;

import io.latchkey.enrolment.imports.SshConfigBlock.Condition;
import io.latchkey.enrolment.imports.SshConfigBlock.Pass;
import io.latchkey.enrolment.imports.SshConfigBlock.Verdict;
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
