package io.wsboot;

/**
 * What became of a subscription from a position, see
 * {@link WsTopic#subscribe(WsSession, TopicPosition)}. All or nothing: the session gets
 * either every message since the position, or none of them.
 *
 * @param recovered whether the session gets all that it missed. If not, the client must
 * load its state anew
 * @param position where the session is live from: behind what it missed
 * @param messages how many messages the session missed and gets; 0 unless recovered
 */
public record Recovery(boolean recovered, TopicPosition position, int messages) {
}
