package io.latchkey.commands;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command that takes settings as {@code --latchkey.data-dir=/srv/latchkey} besides
 * those of the environment.
 */
abstract class WithSettings {

	@Spec
	private @Nullable CommandSpec command;

	@Unmatched
	private List<String> given = new ArrayList<>();

	List<String> settings() {
		if (!this.given.stream().allMatch((argument) -> argument.matches("--[\\w.\\[\\]-]+=.*"))) {
			throw new ParameterException(spec().commandLine(),
					"Expected options of the command, or settings as --name=value");
		}
		return this.given;
	}

	PrintWriter out() {
		return spec().commandLine().getOut();
	}

	private CommandSpec spec() {
		return Objects.requireNonNull(this.command);
	}

}
