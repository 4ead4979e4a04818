// Talks to an echo endpoint with the ws package: node echo-peer.mjs <directory with node_modules> <url>
// Prints one line per check that held; the first that does not ends the program with status 1.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [, , packages, url] = process.argv;
const { WebSocket } = createRequire(resolve(packages, 'package.json'))('ws');

setTimeout(() => {
	console.error('not done within 20 s');
	process.exit(1);
}, 20_000).unref();

async function connect() {
	const socket = new WebSocket(url);
	await once(socket, 'open');
	return socket;
}

async function echoed(socket) {
	const [data, isBinary] = await once(socket, 'message');
	return isBinary ? data : data.toString();
}

async function check(name, body) {
	const socket = await connect();
	await body(socket);
	if (socket.readyState === WebSocket.OPEN) {
		socket.close(1000);
		await once(socket, 'close');
	}
	console.log(`ok ${name}`);
}

await check('text', async (socket) => {
	for (const text of ['', 'Grüße, 世界 🌍', 'x'.repeat(100_000)]) {
		socket.send(text);
		assert.equal(await echoed(socket), text);
	}
});

await check('binary', async (socket) => {
	for (const size of [0, 125, 126, 65_535, 65_536, 1_048_576]) {
		const payload = randomBytes(size);
		socket.send(payload);
		assert.ok(payload.equals(await echoed(socket)), `${size} bytes`);
	}
});

await check('fragmented', async (socket) => {
	const payload = randomBytes(3_000);
	socket.send(payload.subarray(0, 1_000), { binary: true, fin: false });
	socket.send(payload.subarray(1_000, 1_001), { binary: true, fin: false });
	socket.ping();
	socket.send(payload.subarray(1_001), { binary: true, fin: true });
	assert.ok(payload.equals(await echoed(socket)));
	socket.send('Hel', { fin: false });
	socket.send('lo', { fin: true });
	assert.equal(await echoed(socket), 'Hello');
});

await check('ping', async (socket) => {
	socket.ping('are you there?');
	const [payload] = await once(socket, 'pong');
	assert.equal(payload.toString(), 'are you there?');
});

await check('close', async (socket) => {
	socket.close(4321, 'bye');
	const [code] = await once(socket, 'close');
	assert.equal(code, 4321);
});
