package io.latchkey.diagnosis;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the last look at the logins of an account came to.
 *
 * @param identity whose keys were asked for; null where only the account was
 * @param by who asked
 * @param explained whether something was found by which logins fail
 * @param looked whether the node could be asked
 * @param answer in one sentence
 */
public record KeptDiagnosis(String account, @Nullable String identity, Instant at, String by, boolean explained,
		boolean looked, String answer) {

}
