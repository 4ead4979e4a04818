package io.wsboot.sample;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call.
 *
 * @param method the name of the method
 * @param args the arguments, none if absent
 * @param id comes back with the answer, so that the client can tell answers apart
 */
record RpcRequest(@Nullable String method, @Nullable List<JsonNode> args, @Nullable JsonNode id) {

}
