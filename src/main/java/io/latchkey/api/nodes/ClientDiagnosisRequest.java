package io.latchkey.api.nodes;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client said.
 *
 * @param clientLog what {@code ssh -v} prints, or PuTTY's event log
 * @param node which it was about; by default it is found by what the client says
 * @param account by default the one that the client names
 */
@Schema(name = "ClientDiagnosisRequest")
record ClientDiagnosisRequest(@Nullable String clientLog, @Nullable String node, @Nullable String account) {

}
