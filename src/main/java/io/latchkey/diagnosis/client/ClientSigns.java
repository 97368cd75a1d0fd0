package io.latchkey.diagnosis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The causes that a client names by its own words alone. Earlier ones explain later ones.
 * The words are those of OpenSSH's ssh.c, sshconnect.c, sshconnect2.c, kex.c, authfile.c,
 * sshkey.c and readconf.c, of strerror(3), and of PuTTY's ssh/*.c and its network code.
 */
public final class ClientSigns {

	private static final int MOST_LINES = 5;

	private static final String FILES = "files";

	private static final String WAY = "way";

	private static final String LOGIN = "login";

	private static final String SERVER = "server";

	private static final String ALGORITHMS = "algorithms";

	/** The signs by rank; what is in groups of the pattern fills the texts. */
	private static final List<Kind> KINDS = List.of(
			of("client", "config-permissions", "Bad owner or permissions on (\\S{1,300})"),
			of("client", "config", "^(\\S{1,300}: line \\d{1,6}): Bad configuration option: .{1,100}$"),
			of(WAY, "name", "Could not resolve hostname (\\S{1,255}): .{1,100}$"),
			of(WAY, "name", "^Unable to open connection to (\\S{1,255}?)[: ].*(?:does not exist|not known|[Hh]ost)"),
			of(WAY, "jump-forbidden", "open failed: (administratively prohibited)"),
			of(WAY, "jump-target", "open failed: connect failed: (.{1,100})$"),
			of(WAY, "refused",
					"(?:connect to (?:host|address) \\S{1,255} port \\d{1,5}|^Failed to connect to \\S{1,255}): "
							+ "Connection refused|^(?:FATAL ERROR: )?(?:Network error: )?Connection refused$"),
			of(WAY, "banner-timeout", "Connection timed out during banner exchange"),
			of(WAY, "timeout",
					"(?:connect to (?:host|address) \\S{1,255} port \\d{1,5}|^Failed to connect to \\S{1,255}): "
							+ "(?:Connection|Operation) timed out|^(?:FATAL ERROR: )?Network error: Connection timed out"),
			of(WAY, "route",
					"(?:connect to (?:host|address) \\S{1,255} port \\d{1,5}|^Failed to connect to \\S{1,255}|Network error): "
							+ "(No route to host|Network is unreachable|Host is unreachable|Host is down|Permission denied)"),
			of(SERVER, "penalty", "Not allowed at this time"), of(SERVER, "max-startups", "Exceeded MaxStartups"),
			of(SERVER, "no-sshd",
					"banner line 0: (.{1,200})$|^(?:kex_exchange_identification: |ssh_exchange_identification: )?"
							+ "(?:banner line contains invalid characters|Invalid SSH identification string)"),
			of("host-key", "host-key.revoked", "REVOKED HOST KEY DETECTED"),
			of("host-key", "host-key.certificate",
					"(Certificate invalid: .{1,100}|Host certificate .{1,200}|no CA-signed host key.{0,60})$"),
			of(ALGORITHMS, "kex", "no matching key exchange method found\\. Their offer: (\\S{1,1500})"),
			of(ALGORITHMS, "kex", "Couldn't agree a key exchange algorithm \\(available: (\\S{1,1500}?)\\)"),
			of(ALGORITHMS, "host-key-type", "no matching host key type found\\. Their offer: (\\S{1,1500})"),
			of(ALGORITHMS, "host-key-type", "Couldn't agree a host key algorithm \\(available: (\\S{1,1500}?)\\)"),
			of(ALGORITHMS, "cipher",
					"no matching (?:cipher|MAC|compression method) found\\. Their offer: (\\S{1,1500})"),
			of(ALGORITHMS, "cipher",
					"Couldn't agree a \\S{1,30} (?:cipher|MAC|compression) (?:algorithm )?\\(available: (\\S{1,1500}?)\\)"),
			of(FILES, "unprotected", "^Permissions (0\\d{3}) for '(.{1,300})' are too open"),
			of(FILES, "unprotected.plain", "UNPROTECTED PRIVATE KEY FILE"),
			of(FILES, "ppk", "^Load key \"(.{1,300}\\.ppk)\": (?:invalid format|error in libcrypto)"),
			of(FILES, "openssh-key",
					"^Unable to use (?:this )?key file(?: \"(.{1,300}?)\")? \\((OpenSSH .{1,60}|OpenSSL .{1,60})\\)$"),
			of(FILES, "passphrase", "^Load key \"(.{1,300})\": incorrect passphrase supplied"),
			of(FILES, "passphrase", "^Wrong passphrase()$"),
			of(FILES, "unreadable-key",
					"^Load key \"(.{1,300})\": (invalid format|error in libcrypto|unknown or unsupported key type|"
							+ "invalid argument|Permission denied|Is a directory)"),
			of(FILES, "unreadable-key",
					"^Unable to (?:use|load) (?:private )?key file \"(.{1,300})\" \\((.{1,100})\\)$"),
			of(FILES, "no-file", "^(?:Warning: )?Identity file (.{1,300}) not accessible: No such file or directory"),
			of(FILES, "no-file", "^no such identity: (.{1,300}): No such file or directory"),
			of(FILES, "mismatch", "private key (.{1,300}) contents do not match public"),
			of(FILES, "agent-refused", "(?:agent refused operation|Pageant failed to (?:provide|respond).{0,60})()"),
			of(FILES, "hardware", "(?:device not found|requested feature not supported)()"),
			of(ALGORITHMS, "no-mutual", "(?:no mutual signature (?:algorithm|supported))()"),
			of(ALGORITHMS, "skipped",
					"^Skipping (\\S{1,60}) key (.{1,300}?) - (?:corresponding algo )?not in (PubkeyAccepted\\w{1,20})"),
			of(FILES, "agent-none",
					"(?:ssh_get_authentication_socket: .{1,60}|Failed to get reply from Pageant|"
							+ "Could not open a connection to your authentication agent)()"),
			of(LOGIN, "password-change",
					"(?:[Pp]assword change required|must change your password|[Pp]assword has expired)()"),
			of(LOGIN, "account-expired", "[Yy]our account has expired()"),
			of(LOGIN, "nologin", "(?:System is (?:booting up|going down)|Unprivileged users are not permitted)()"),
			of(LOGIN, "shell",
					"(?:This account is currently not available|This service allows sftp connections only)()"),
			of(LOGIN, "pty", "(?:PTY allocation request failed)()"),
			of(LOGIN, "root-command", "^Please login as the user \"?([\\w.@-]{1,60})\"? rather than"));

	private ClientSigns() {
	}

	private record Kind(String group, String code, Pattern pattern) {

		@Nullable Sign in(List<String> lines) {
			List<String> said = lines.stream().filter((line) -> this.pattern.matcher(line).find()).toList();
			if (said.isEmpty()) {
				return null;
			}
			Matcher first = this.pattern.matcher(said.get(0));
			first.find();
			List<String> groups = IntStream.rangeClosed(1, first.groupCount())
				.mapToObj(first::group)
				.map((group) -> (group != null) ? group : "")
				.toList();
			return new Sign(this.group, this.code, groups, said.stream().distinct().limit(MOST_LINES).toList());
		}

	}

	/** In the order in which they explain each other, each code once. */
	public static List<Sign> of(ClientStory story) {
		List<Sign> signs = new ArrayList<>();
		for (Kind kind : KINDS) {
			Sign sign = kind.in(story.lines());
			if (sign != null && signs.stream().noneMatch((each) -> each.code().equals(sign.code()))) {
				signs.add(sign);
			}
		}
		return without(signs);
	}

	/** What only says again what another says closer. */
	private static List<Sign> without(List<Sign> signs) {
		List<String> codes = signs.stream().map(Sign::code).toList();
		return signs.stream().filter((sign) -> switch (sign.code()) {
			case "unprotected.plain" -> !codes.contains("unprotected");
			case "unreadable-key" -> !codes.contains("ppk") && !codes.contains("openssh-key");
			case "no-sshd" -> !codes.contains("penalty") && !codes.contains("max-startups");
			default -> true;
		}).toList();
	}

	private static Kind of(String group, String code, String pattern) {
		return new Kind(group, code, Pattern.compile(pattern));
	}

}
