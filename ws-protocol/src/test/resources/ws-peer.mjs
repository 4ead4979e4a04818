// Talks to an echo through the ws package, whose entry file and the echo's address are the arguments; prints each thing
// that worked.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const { WebSocket } = await import(pathToFileURL(process.argv[2]));

class Peer {
	constructor(perMessageDeflate) {
		this.socket = new WebSocket(process.argv[3], { perMessageDeflate });
	}

	once(event) {
		return once(this.socket, event);
	}

	async echo(message) {
		this.socket.send(message);
		const [bytes, isBinary] = await this.once('message');
		assert.equal(isBinary, typeof message !== 'string');
		assert.ok(Buffer.from(message).equals(bytes), `${message.length} differ`);
	}

	async close() {
		this.socket.close(4321, 'bye');
		return (await this.once('close'))[0];
	}
}

const plain = new Peer(false);
await plain.once('open');
assert.equal(plain.socket.extensions, '');

await plain.echo('text ä 🎈');
console.log('text');

plain.socket.send('in three ', { fin: false });
plain.socket.send('', { fin: false });
plain.socket.send('fragments', { fin: true });
assert.equal((await plain.once('message'))[0].toString(), 'in three fragments');
console.log('fragments');

await plain.echo(Buffer.alloc(16 << 20, 'binary'));
await plain.echo('16 MiB of text..'.repeat(1 << 20));
console.log('16 MiB');

plain.socket.ping('mark');
assert.equal((await plain.once('pong'))[0].toString(), 'mark');
console.log('pong');

console.log('close', await plain.close());

const noise = Buffer.alloc(100_000);
for (let i = 0, x = 1; i < noise.length; i++) {
	x = (x * 1_103_515_245 + 12_345) % 2 ** 31;
	noise[i] = x >> 16;
}
const offers = [
	{},
	{ serverMaxWindowBits: 8 },
	{ serverMaxWindowBits: 12 },
	{ serverMaxWindowBits: 15 },
	{ clientMaxWindowBits: 10 },
	{ serverNoContextTakeover: true },
	{ clientNoContextTakeover: true },
	{ serverMaxWindowBits: 9, serverNoContextTakeover: true, clientMaxWindowBits: 9, clientNoContextTakeover: true },
];
for (const offer of offers) {
	const peer = new Peer({ threshold: 0, ...offer });
	await peer.once('open');
	assert.match(peer.socket.extensions, /^permessage-deflate/);
	for (let round = 0; round < 3; round++) {
		for (const message of ['', 'a', 'Grüße, 世界 🌍'.repeat(5_000), Buffer.alloc(0), noise]) {
			await peer.echo(message);
		}
	}
	await peer.close();
}
console.log('deflate');

const big = new Peer({ threshold: 0 });
await big.once('open');
await big.echo(Buffer.alloc(16 << 20, 'binary'));
await big.close();
console.log('16 MiB deflated');
