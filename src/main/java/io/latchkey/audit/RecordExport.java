package io.latchkey.audit;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Signature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Service;

/**
 * Writes the whole trail as JSON lines: each record in its order, and at last the anchor,
 * which signs the end of the chain. Whoever changes the trail in the database cannot make
 * another that fits an export from before.
 */
@Service
public class RecordExport {

	static final String PURPOSE = "audit-export:1";

	private static final int BATCH = 500;

	private final AuditRepository repository;

	private final SecretVault vault;

	private final Clock clock;

	private final JsonMapper mapper = new JsonMapper();

	RecordExport(AuditRepository repository, SecretVault vault, Clock clock) {
		this.repository = repository;
		this.vault = vault;
		this.clock = clock;
	}

	/** The public keys that anchors are signed with, the current one first. */
	public List<String> keys() {
		return this.vault.verifyingKeys(PURPOSE);
	}

	/** Holds a batch of records in memory, whatever there is. */
	public void write(Writer out) throws IOException {
		ChainLink end = this.repository.head().map(ChainHead::link).orElse(ChainLink.START);
		long last = 0;
		while (last < end.sequence()) {
			List<AuditRecord> batch = this.repository.after(last, BATCH);
			if (batch.isEmpty()) {
				break;
			}
			for (AuditRecord record : batch) {
				if (record.sequence() <= end.sequence()) {
					out.write(line(record));
					out.write('\n');
				}
				last = record.sequence();
			}
		}
		out.write(this.mapper.writeValueAsString(anchor(end, this.clock.instant())));
		out.write('\n');
	}

	/** As it stands in an export, without the line's end. */
	public String line(AuditRecord record) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("sequence", record.sequence());
		fields.put("at", record.at().toString());
		fields.put("actor", record.actor().name());
		fields.put("via", record.actor().via().name());
		fields.put("action", record.action());
		fields.put("subject", record.subject());
		fields.put("detail", record.detail());
		fields.put("hash", record.hash());
		return this.mapper.writeValueAsString(fields);
	}

	private Map<String, Object> anchor(ChainLink end, Instant at) {
		Signature signature = this.vault.sign(signed(end, at.toString()), PURPOSE);
		Map<String, Object> anchor = new LinkedHashMap<>();
		anchor.put("anchor", end.sequence());
		anchor.put("hash", end.hash());
		anchor.put("at", at.toString());
		anchor.put("key", signature.publicKey());
		anchor.put("signature", signature.value());
		return anchor;
	}

	/** {@code <sequence> <hash> <instant>}. */
	static byte[] signed(ChainLink end, String at) {
		return "%d %s %s".formatted(end.sequence(), end.hash(), at).getBytes(StandardCharsets.US_ASCII);
	}

}
