package io.latchkey.imports;

import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * What an import takes where its list says nothing.
 *
 * @param account the management account
 * @param privilege of management accounts other than root
 * @param cluster into which all nodes go beside those that the list names; null for none
 */
public record ImportDefaults(String account, Privilege privilege, Mode mode, @Nullable String cluster) {

}
