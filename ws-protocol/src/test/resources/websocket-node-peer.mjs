// Talks to an echo through the websocket package (WebSocket-Node); the directory with node_modules and the echo's address
// are the arguments; prints each thing that worked.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { client: Client } = createRequire(resolve(process.argv[2], 'package.json'))('websocket');
const size = 16 << 20;
const client = new Client({ maxReceivedFrameSize: size, maxReceivedMessageSize: size });
const connected = Promise.race([once(client, 'connect'),
	once(client, 'connectFailed').then(([error]) => Promise.reject(error))]);
client.connect(process.argv[3]);
const [connection] = await connected;

async function echoed() {
	const [message] = await once(connection, 'message');
	return (message.type === 'utf8') ? message.utf8Data : message.binaryData;
}

for (const text of ['', 'text ä 🎈', '16 MiB of text..'.repeat(1 << 20)]) {
	connection.sendUTF(text);
	assert.ok(text === await echoed(), `text of ${text.length} differs`);
}
console.log('text');

for (const bytes of [Buffer.alloc(0), Buffer.alloc(125, 1), Buffer.alloc(65_536, 'xyz'), Buffer.alloc(size, 'binary')]) {
	connection.sendBytes(bytes);
	assert.ok(bytes.equals(await echoed()), `${bytes.length} bytes differ`);
}
console.log('binary');

connection.ping('mark');
assert.equal((await once(connection, 'pong'))[0].toString(), 'mark');
console.log('pong');

connection.close(4321, 'bye');
const [code] = await once(connection, 'close');
console.log('close', code);
