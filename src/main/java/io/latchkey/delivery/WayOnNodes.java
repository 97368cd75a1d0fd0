package io.latchkey.delivery;

import java.util.List;

/**
 * Another way in, and where it leads.
 *
 * @param nodes the names of the nodes, by name
 */
public record WayOnNodes(OtherWay way, String account, List<String> nodes) {

}
