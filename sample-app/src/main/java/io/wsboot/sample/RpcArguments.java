package io.wsboot.sample;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * The arguments of a call. Each read checks that the argument is of the type that the
 * method takes.
 */
final class RpcArguments {

	private final String signature;

	private final List<JsonNode> values;

	/**
	 * Checks the number of arguments.
	 * @param signature what to tell a client that got it wrong, such as
	 * {@code sleep(milliseconds)}
	 * @param count how many the method takes
	 * @param values those of the call
	 */
	RpcArguments(String signature, int count, List<JsonNode> values) {
		this.signature = signature;
		this.values = values;
		if (values.size() != count) {
			throw new RpcException(signature + " takes " + count + ((count == 1) ? " argument" : " arguments")
					+ ", not " + values.size());
		}
	}

	String text(int index) {
		JsonNode value = this.values.get(index);
		if (!value.isString()) {
			throw new RpcException("argument " + (index + 1) + " of " + this.signature + " must be a string");
		}
		return value.stringValue();
	}

	long wholeNumber(int index, long min, long max) {
		JsonNode value = this.values.get(index);
		if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < min
				|| value.longValue() > max) {
			throw new RpcException("argument " + (index + 1) + " of " + this.signature + " must be a whole number from "
					+ min + " to " + max);
		}
		return value.longValue();
	}

}
