package io.latchkey.runs;

/**
 * How far a node has come with a rotation of the management key.
 *
 * @param key the id of the newest
 * @param cleared whether it is proved, and no line of an older one is left
 */
public record KeyStanding(long key, boolean cleared) {

}
