/**
 * Lists of nodes as other tools keep them, read: CSV, {@code ssh_config},
 * {@code known_hosts} and Ansible's inventories. Knows nothing of what there is already.
 */
@NullMarked
package io.latchkey.imports.formats;

import org.jspecify.annotations.NullMarked;
