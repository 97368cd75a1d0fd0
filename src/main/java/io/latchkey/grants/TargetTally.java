package io.latchkey.grants;

/**
 * How much access there is to a cluster, or to nodes named one by one.
 *
 * @param target the cluster's name; empty for the nodes
 * @param identities how many identities that are not suspended are named by a grant
 * @param teams how many teams are named by a grant
 * @param ending how many of the grants end soon
 * @param permanent how many of the grants have no end
 */
public record TargetTally(String target, long identities, long teams, long grants, long ending, long permanent) {

}
