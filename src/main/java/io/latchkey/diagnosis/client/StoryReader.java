package io.latchkey.diagnosis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients say, line by line: OpenSSH from 6.6 on (ssh.c, sshconnect.c,
 * sshconnect2.c), and PuTTY from 0.70 on (its event log, and plink with -v).
 */
public final class StoryReader {

	private static final int SSH_PORT = 22;

	/** More are only seen where somebody makes them up. */
	private static final int MOST_KEYS = 100;

	private final Map<Pattern, Consumer<Matcher>> readers = readers();

	private final OfferedKeys keys = new OfferedKeys();

	private @Nullable String client;

	private @Nullable String target;

	private @Nullable String host;

	private @Nullable String address;

	private int port = SSH_PORT;

	private @Nullable String user;

	private @Nullable String server;

	private @Nullable Fingerprint hostKey;

	private List<String> methods = List.of();

	private boolean named;

	private boolean authenticated;

	private int agentKeys = -1;

	private final List<String> lines = new ArrayList<>();

	private StoryReader() {
	}

	/** Reads what was pasted: any text, of which no more is taken than is understood. */
	public static ClientStory read(String pasted) {
		ClientText text = ClientText.of(pasted);
		StoryReader reader = new StoryReader();
		text.lines().forEach(reader::take);
		return reader.story(text.privateKey());
	}

	private void take(String line) {
		for (Map.Entry<Pattern, Consumer<Matcher>> reader : this.readers.entrySet()) {
			Matcher matcher = reader.getKey().matcher(line);
			if (matcher.find()) {
				reader.getValue().accept(matcher);
			}
		}
		this.keys.take(line);
		this.lines.add(line);
	}

	private ClientStory story(boolean privateKey) {
		boolean isJump = this.target != null && !this.target.equals(this.host + ":" + this.port);
		return new ClientStory(this.client, isJump ? this.target : null, this.host, this.address, this.port, this.user,
				this.server, this.hostKey, this.keys.all().stream().limit(MOST_KEYS).toList(), this.methods,
				this.authenticated, this.agentKeys, this.lines, privateKey);
	}

	private Map<Pattern, Consumer<Matcher>> readers() {
		return Map.ofEntries(on("^(OpenSSH_(?:for_Windows_)?[\\w.]{1,30})[ ,]", (line) -> this.client = line.group(1)),
				on("^We claim version: SSH-2\\.0-(PuTTY[\\w.-]{1,60})", (line) -> this.client = line.group(1)),
				on("^Connecting to (\\S{1,255}) \\[(\\S{1,60})] port (\\d{1,5})\\.?$",
						(line) -> connecting(line.group(1), line.group(2), line.group(3))),
				on("^Connecting to (\\S{1,60}) port (\\d{1,5})$",
						(line) -> connecting((this.host != null) ? this.host : line.group(1), line.group(1),
								line.group(2))),
				on("^Looking up host \"([^\"]{1,255})\"", (line) -> begin(line.group(1), SSH_PORT)),
				on("^Authenticating to (\\S{1,255}):(\\d{1,5}) as '(.{1,100})'$", this::authenticating),
				on("^Using username \"(.{1,100})\"\\.", (line) -> this.user = line.group(1)),
				on("^(?:Setting implicit ProxyCommand|Executing proxy command):.* -W '?\\[([^]]{1,255})]:(\\d{1,5})",
						(line) -> this.target = line.group(1) + ":" + line.group(2)),
				on("^(?:Remote protocol version [\\d.]+, remote software version|Remote version: SSH-[\\d.]+-)\\s*(.{1,100})",
						(line) -> this.server = line.group(1)),
				on("^(?:Server host key: )?(?:(?:ssh-|ecdsa-|sk-)[\\w@.-]{1,60} (?:\\d{3,5} )?)?(SHA256:\\S{43})",
						(line) -> this.hostKey = Fingerprint.find(line.group(1)).orElse(this.hostKey)),
				on("^Authentications that can continue: (\\S{1,200})",
						(line) -> this.methods = List.of(line.group(1).split(","))),
				on("Permission denied \\(([\\w,.@-]{1,200})\\)",
						(line) -> this.methods = List.of(line.group(1).split(","))),
				on("No supported authentication methods available \\(server sent: ([\\w,.@-]{1,200})\\)",
						(line) -> this.methods = List.of(line.group(1).split(","))),
				on("^(?:Authenticated to |Authentication succeeded|Access granted)",
						(line) -> this.authenticated = true),
				on("(?:agent returned|Pageant has) (\\d{1,4}) (?:SSH-2 )?keys",
						(line) -> this.agentKeys = Integer.parseInt(line.group(1))));
	}

	private static Map.Entry<Pattern, Consumer<Matcher>> on(String pattern, Consumer<Matcher> reader) {
		return Map.entry(Pattern.compile(pattern), reader);
	}

	private void connecting(String host, String address, String port) {
		if (this.named || this.address != null) {
			begin(host, Integer.parseInt(port));
		}
		this.host = host;
		this.address = address;
		this.port = Integer.parseInt(port);
	}

	/** Of the way over a jump host only the jump host is connected to. */
	private void authenticating(Matcher line) {
		if (this.named) {
			begin(line.group(1), Integer.parseInt(line.group(2)));
		}
		this.named = true;
		this.host = line.group(1);
		this.port = Integer.parseInt(line.group(2));
		this.user = line.group(3);
	}

	/** Another server: what was said before is not about it. */
	private void begin(String host, int port) {
		this.host = host;
		this.port = port;
		this.address = null;
		this.user = null;
		this.server = null;
		this.hostKey = null;
		this.methods = List.of();
		this.named = false;
		this.authenticated = false;
		this.agentKeys = -1;
		this.keys.forget();
		this.lines.clear();
	}

}
