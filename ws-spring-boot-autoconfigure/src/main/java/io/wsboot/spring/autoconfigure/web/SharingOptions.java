package io.wsboot.spring.autoconfigure.web;

import java.util.List;

import io.wsboot.CloseStatus;

/**
 * The properties {@code ws.server.web.*}, validated.
 *
 * @param takeOver whether sockets move from the web server to the event loops; if false,
 * the web server keeps them
 * @param httpSessionAttributes the names of those attributes of the {@code HttpSession}
 * that become attributes of the WebSocket session
 * @param sessionEnd what a WebSocket session is closed with when its {@code HttpSession}
 * ends
 */
public record SharingOptions(boolean takeOver, List<String> httpSessionAttributes, CloseStatus sessionEnd) {

}
