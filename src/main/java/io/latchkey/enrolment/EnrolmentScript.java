package io.latchkey.enrolment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.latchkey.core.PublicAddress;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.transport.ManagementKeys;
import io.latchkey.transport.NodeScript;

import org.springframework.stereotype.Component;

/**
 * The script by which a node registers itself, and the commands that fetch and run it.
 */
@Component
public class EnrolmentScript {

	private static final String SOURCE = load();

	private final ManagementKeys managementKeys;

	private final EnrolmentProperties properties;

	private final PublicAddress publicAddress;

	EnrolmentScript(ManagementKeys managementKeys, EnrolmentProperties properties, PublicAddress publicAddress) {
		this.managementKeys = managementKeys;
		this.properties = properties;
		this.publicAddress = publicAddress;
	}

	/**
	 * The commands for a person, the one with curl first.
	 * @param requested at which address Latchkey was asked, without a slash at the end
	 */
	public List<String> commands(URI requested, EnrolmentTokenText text) {
		String address = addressOf(requested) + "/enrol/" + text.text();
		return List.of("curl -fsS " + address + " | sh", "wget -qO- " + address + " | sh");
	}

	/**
	 * The script with all that it needs filled in.
	 * @param requested at which address Latchkey was asked, without a slash at the end
	 */
	public String render(URI requested, EnrolmentToken token, EnrolmentTokenText text) {
		String lines = String.join("\n", this.managementKeys.authorizedKeysLines());
		Map<String, String> values = Map.of("address", addressOf(requested), "token", text.text(), "account",
				token.managementAccount(), "sudo", (token.privilege() == Privilege.SUDO) ? "needed" : "", "lines",
				lines, "word", NodeScript.accountWord(token.managementAccount()), "hold",
				holdToken(this.managementKeys.publicKey().fingerprint()));
		String script = SOURCE;
		for (Map.Entry<String, String> value : values.entrySet()) {
			script = script.replace("'@" + value.getKey() + "@'", quoted(value.getValue()));
		}
		return script.replace("@node-script@", NodeScript.source().strip());
	}

	/**
	 * A script that says on standard error why there is none, and fails: for those who
	 * pass on to a shell whatever comes.
	 */
	public static String refusal(String why) {
		return "#!/bin/sh\n# There is nothing to run here.\nprintf '%s\\n' " + quoted("latchkey: " + why)
				+ " >&2\nexit 1\n";
	}

	/** At which nodes reach Latchkey, without a slash at the end. */
	public String addressOf(URI requested) {
		URI address = (this.properties.address() != null) ? this.properties.address()
				: this.publicAddress.or(requested);
		return address.toString().replaceAll("/+$", "");
	}

	/** Always the same, so that a second run confirms what a first one left on trial. */
	private static String holdToken(Fingerprint key) {
		byte[] hash = Base64.getDecoder().decode(key.value().substring(key.value().indexOf(':') + 1));
		return HexFormat.of().formatHex(hash, 0, 16);
	}

	/** One word for a shell, whatever stands in it. */
	private static String quoted(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	private static String load() {
		try (InputStream in = EnrolmentScript.class.getResourceAsStream("/node/enrol.sh")) {
			if (in == null) {
				throw new IllegalStateException("Missing from the class path: node/enrol.sh");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
