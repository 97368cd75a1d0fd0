package io.latchkey.runs;

import java.util.Arrays;

import io.latchkey.core.FreeText;

/** Why something broke off by a fault of Latchkey's own. */
public final class FailureReason {

	private FailureReason() {
	}

	/**
	 * The kind of a failure and where it came up; what it says, only where Latchkey
	 * itself says it: others repeat what they were given, such as the values of a row.
	 * The log has it whole.
	 */
	public static String of(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		String kind = failure.getClass().getSimpleName();
		String message = failure.getMessage();
		if (message != null && trace.length > 0 && isOurs(trace[0])) {
			return FreeText.oneLine(kind + ": " + message);
		}
		return Arrays.stream(trace)
			.filter(FailureReason::isOurs)
			.findFirst()
			.map((at) -> "%s in %s.%s".formatted(kind, simpleName(at.getClassName()), at.getMethodName()))
			.orElse(kind);
	}

	private static boolean isOurs(StackTraceElement at) {
		return at.getClassName().startsWith("io.latchkey.") && !at.getClassName().contains("$$");
	}

	private static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

}
