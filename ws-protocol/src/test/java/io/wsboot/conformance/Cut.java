package io.wsboot.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/**
 * How TCP may cut what a peer sends. The answer must not depend on it.
 */
enum Cut {

	WHOLE {

		@Override
		int next(int left, Random random) {
			return left;
		}

	},

	BYTE_BY_BYTE {

		@Override
		int next(int left, Random random) {
			return 1;
		}

	},

	RANDOM {

		@Override
		int next(int left, Random random) {
			return 1 + random.nextInt(Math.min(left, 64));
		}

	};

	abstract int next(int left, Random random);

	/** Sends bytes in pieces; the same bytes always in the same ones. */
	void send(byte[] bytes, OutputStream out) throws IOException {
		Random random = new Random(bytes.length);
		for (int at = 0; at < bytes.length;) {
			int count = next(bytes.length - at, random);
			out.write(bytes, at, count);
			out.flush();
			at += count;
		}
	}

}
