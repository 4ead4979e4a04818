// Talks to an echo through the ws package, whose entry file and the echo's address are the arguments; prints each thing
// that worked.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const { WebSocket } = await import(pathToFileURL(process.argv[2]));
const socket = new WebSocket(process.argv[3]);
const once = (event) => new Promise((resolve, reject) => {
	socket.once(event, (...values) => resolve(values));
	socket.once('error', reject);
});

await once('open');

socket.send('text ä 🎈');
assert.equal((await once('message'))[0].toString(), 'text ä 🎈');
console.log('text');

socket.send('in three ', { fin: false });
socket.send('', { fin: false });
socket.send('fragments', { fin: true });
assert.equal((await once('message'))[0].toString(), 'in three fragments');
console.log('fragments');

const big = Buffer.alloc(1 << 20, 'binary');
socket.send(big);
const [bytes, isBinary] = await once('message');
assert.ok(isBinary && big.equals(bytes));
console.log('binary');

socket.ping('mark');
assert.equal((await once('pong'))[0].toString(), 'mark');
console.log('pong');

socket.close(4321, 'bye');
console.log('close', (await once('close'))[0]);
