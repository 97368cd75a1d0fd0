package io.latchkey.internodefiles;

import io.latchkey.internode.InterNodeKeys;
import io.latchkey.nodestate.Findings;
import io.latchkey.runs.Intentions;

/** With what every run looks after the files of inter-node keys. */
record InterNodeTools(InterNodeKeys keys, Intentions intentions, Findings findings) {

}
