package io.latchkey.reconcile.converse;

import java.util.List;

import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

/**
 * The files of one account, as observed.
 *
 * @param read those that sshd reads, in its order; Latchkey's lines go into the first
 * @param left those that it read before, or that hold lines of Latchkey's for another
 * reason
 * @param unanswered why it is not known which files sshd reads now, or null; those of
 * {@code read} are the ones that it read before
 * @param rules what sshd decides by
 * @param obstacle why logins fail whatever the key, or null
 */
public record AccountFiles(String account, List<ObservedFile> read, List<ObservedFile> left,
		@Nullable Unanswered unanswered, LoginRules rules, @Nullable LoginObstacle obstacle) {

}
