package io.wsboot.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a call: either a result or an error.
 *
 * @param id the id of the call, absent if the call had none
 * @param result what the method returned
 * @param error why there is no result
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RpcResponse(@Nullable JsonNode id, @Nullable Object result, @Nullable String error) {

}
