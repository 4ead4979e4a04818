import { LiveSocket } from './live-socket.js';

const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', ':': '\\c' };
const ESCAPED = { '\\\\': '\\', '\\n': '\n', '\\r': '\r', '\\c': ':' };

/** As much of STOMP 1.2 as a chat needs: a connection that subscribes again whenever it comes back. Bodies are JSON. */
export class StompClient {

	#socket;
	#handlers;
	#subscriptions = [];
	#connected = false;

	/** handlers: state({name, detail}), connected(user), closed(), failed(message), each optional. */
	constructor(address, handlers) {
		this.#handlers = handlers;
		this.#socket = new LiveSocket(address, {
			state: handlers.state,
			open: () => this.#send('CONNECT', { 'accept-version': '1.2', host: location.hostname, 'heart-beat': '0,0' }),
			message: (data) => this.#receive(data),
			closed: () => {
				this.#connected = false;
				handlers.closed?.();
			},
		}, ['v12.stomp']);
	}

	get isConnected() {
		return this.#connected && this.#socket.isOpen;
	}

	open() {
		this.#socket.open();
	}

	/** Without a DISCONNECT: Spring answers one with an ERROR and 1002, which may come before our own 1000. */
	close() {
		this.#socket.close();
	}

	/** Before open(), so that a subscription survives the loss of a connection. */
	subscribe(destination, listener) {
		this.#subscriptions.push({ destination, listener });
	}

	publish(destination, body) {
		this.#send('SEND', { destination, 'content-type': 'application/json' }, JSON.stringify(body));
	}

	#send(command, headers, body = '') {
		this.#socket.send(encode(command, headers, body));
	}

	#receive(data) {
		const { command, headers, body } = decode(data);
		if (command === 'CONNECTED') {
			this.#connected = true;
			this.#subscriptions.forEach(({ destination }, id) => this.#send('SUBSCRIBE', { id, destination }));
			this.#handlers.connected?.(headers['user-name']);
		}
		else if (command === 'MESSAGE') {
			this.#subscriptions[headers.subscription]?.listener(JSON.parse(body));
		}
		else if (command === 'ERROR') { // the server closes the connection behind it
			this.#handlers.failed?.(headers.message);
		}
	}

}

/** Only CONNECT and CONNECTED have unescaped headers, and none of ours would need it. */
function encode(command, headers, body) {
	const escaped = (text) => String(text).replace(/[\\\n\r:]/g, (one) => ESCAPES[one]);
	const lines = Object.entries(headers).map(([name, value]) => `${escaped(name)}:${escaped(value)}\n`);
	return `${command}\n${lines.join('')}\n${body}\0`;
}

function decode(data) {
	const frame = data.replace(/\0\n*$/, '');
	const end = /\r?\n\r?\n/.exec(frame);
	const [command, ...lines] = frame.slice(0, end?.index).split(/\r?\n/);
	const headers = {};
	for (const line of lines) {
		const colon = line.indexOf(':');
		const value = line.slice(colon + 1);
		headers[line.slice(0, colon)] ??= command === 'CONNECTED' ? value : value.replace(/\\[\\nrc]/g, (one) => ESCAPED[one]);
	}
	return { command, headers, body: end ? frame.slice(end.index + end[0].length) : '' };
}
