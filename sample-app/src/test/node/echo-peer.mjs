// Talks to an echo endpoint with the ws package: node echo-peer.mjs <directory with node_modules> <url> [deflate]
// With "deflate" the server must agree to compress, in every way that the package can ask for.
// Prints one line per check that held; the first that does not ends the program with status 1.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [, , packages, url, deflate] = process.argv;
const { WebSocket } = createRequire(resolve(packages, 'package.json'))('ws');

setTimeout(() => {
	console.error('not done within 20 s');
	process.exit(1);
}, 20_000).unref();

async function connect(options = {}) {
	const socket = new WebSocket(url, { maxPayload: 64 << 20, ...options });
	await once(socket, 'open');
	return socket;
}

async function echoed(socket) {
	const [data, isBinary] = await once(socket, 'message');
	return isBinary ? data : data.toString();
}

async function check(name, body, options) {
	const socket = await connect(options);
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

const offers = deflate !== 'deflate' ? [] : [
	{},
	{ serverMaxWindowBits: 8 },
	{ serverMaxWindowBits: 9 },
	{ serverMaxWindowBits: 15 },
	{ clientMaxWindowBits: 9 },
	{ serverNoContextTakeover: true },
	{ clientNoContextTakeover: true },
	{ serverMaxWindowBits: 10, serverNoContextTakeover: true, clientMaxWindowBits: 12, clientNoContextTakeover: true },
];

for (const offer of offers) {
	await check(`deflate ${JSON.stringify(offer)}`, async (socket) => {
		assert.match(socket.extensions, /permessage-deflate/);
		const messages = ['', 'a', 'x'.repeat(100_000), 'Grüße, 世界 🌍'.repeat(5_000), Buffer.alloc(0),
			Buffer.from('abcabcabc'.repeat(50_000)), randomBytes(70_000), randomBytes(1_048_576)];
		for (let round = 0; round < 3; round++) {
			for (const message of messages) {
				socket.send(message);
				const echo = await echoed(socket);
				assert.ok(Buffer.from(message).equals(Buffer.from(echo)), `${message.length} in round ${round}`);
				assert.equal(typeof echo, typeof message);
			}
		}
		socket.send('Hello, '.repeat(1_000), { fin: false });
		socket.ping();
		socket.send('world', { fin: true });
		assert.equal(await echoed(socket), 'Hello, '.repeat(1_000) + 'world');
	}, { perMessageDeflate: { threshold: 0, ...offer } });
}
