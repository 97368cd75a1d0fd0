package io.latchkey.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.latchkey.audit.ExportVerification;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What is done with the record.
 */
@Command(name = "audit", description = "The record of all changes.", mixinStandardHelpOptions = true,
		subcommands = Audit.Verify.class)
final class Audit {

	/**
	 * Checks an export.
	 */
	@Command(name = "verify", mixinStandardHelpOptions = true,
			description = "Checks an export of the record, without a database: that nothing in it was changed, added "
					+ "or left out, and who signed its end.")
	static final class Verify implements Callable<Integer> {

		@Spec
		private @Nullable CommandSpec command;

		@Parameters(paramLabel = "FILE", description = "What GET /api/v1/audit/export gave.")
		private @Nullable Path file;

		@Option(names = "--key", paramLabel = "KEY",
				description = "The public key that has to have signed it (GET /api/v1/audit/keys), kept from before.")
		private @Nullable String key;

		@Override
		public Integer call() {
			PrintWriter out = Objects.requireNonNull(this.command).commandLine().getOut();
			try (BufferedReader export = Files.newBufferedReader(Objects.requireNonNull(this.file))) {
				return report(ExportVerification.of(export), out);
			}
			catch (IOException ex) {
				out.println("The export cannot be read: " + ex);
				return 1;
			}
		}

		private int report(ExportVerification.Result result, PrintWriter out) {
			if (result.fault() != null) {
				out.printf("%s.%nThe %d records before fit.%n", result.fault(), result.records());
				return 1;
			}
			if (this.key != null && !this.key.equals(result.key())) {
				out.printf("Another key signed it: %s%n", result.key());
				return 1;
			}
			out.printf("%d records, none changed, signed at %s%n", result.records(), result.at());
			if (this.key == null) {
				out.printf("by the key %s%nCompare it with one that you have from before, or give that as --key.%n",
						result.key());
			}
			return 0;
		}

	}

}
