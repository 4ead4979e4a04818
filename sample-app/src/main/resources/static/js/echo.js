import { byId, element } from './dom.js';
import { bytes, duration } from './format.js';
import { LiveSocket, showState } from './live-socket.js';

const PATIENCE = 30_000;
const ROWS = 50;

/** Sends, waits for what comes back, and compares. */
export function startEcho(ways) {
	const endpoint = byId('echo-endpoint');
	let tester = new EchoSocket(ways, endpoint.value);

	endpoint.addEventListener('change', () => {
		tester.close();
		byId('echo-path').textContent = endpoint.value;
		tester = new EchoSocket(ways, endpoint.value);
	});
	ways.onChange(() => tester.move());
	byId('echo-text-form').addEventListener('submit', (event) => {
		event.preventDefault();
		const text = byId('echo-text').value;
		run(tester, 1, () => text, new TextEncoder().encode(text).length, 'text');
	});
	byId('echo-binary-form').addEventListener('submit', (event) => {
		event.preventDefault();
		const size = byId('echo-size').valueAsNumber;
		run(tester, byId('echo-times').valueAsNumber, () => randomBytes(size), size, 'binary');
	});
}

/** One connection that answers one message at a time. */
class EchoSocket {

	#socket;
	#waiting = null;

	constructor(ways, path) {
		this.#socket = new LiveSocket(() => ways.address(path), {
			state: showState(byId('echo-state')),
			message: (data) => this.#waiting?.resolve(data),
			closed: (code, reason) => this.#waiting?.reject(new Error(`closed ${code} ${reason}`)),
		});
		this.#socket.open();
	}

	close() {
		this.#socket.close();
	}

	move() {
		this.#socket.move();
	}

	/** Resolves to what came back. */
	async roundTrip(data) {
		if (!this.#socket.isOpen) {
			throw new Error('not connected');
		}
		let timer;
		try {
			return await new Promise((resolve, reject) => {
				timer = setTimeout(() => reject(new Error('no answer')), PATIENCE);
				this.#waiting = { resolve, reject };
				this.#socket.send(data);
			});
		}
		finally {
			clearTimeout(timer);
			this.#waiting = null;
		}
	}

}

async function run(tester, times, payload, size, kind) {
	const buttons = document.querySelectorAll('#echo button, #echo select');
	buttons.forEach((button) => button.disabled = true);
	const trips = [];
	let verdict = 'identical';
	try {
		for (let i = 0; i < times && verdict === 'identical'; i++) {
			const sent = payload();
			const start = performance.now();
			const received = await tester.roundTrip(sent);
			trips.push((performance.now() - start) / 1000);
			verdict = same(sent, received) ? 'identical' : 'different';
		}
	}
	catch (error) {
		verdict = error.message;
	}
	finally {
		buttons.forEach((button) => button.disabled = false);
	}
	showResult({ kind, size, times, trips, verdict });
}

function showResult({ kind, size, times, trips, verdict }) {
	const good = verdict === 'identical';
	const total = trips.reduce((sum, trip) => sum + trip, 0);
	const median = [...trips].sort((a, b) => a - b)[Math.floor(trips.length / 2)];
	const body = byId('echo-results');
	body.querySelector('.empty')?.remove();
	body.prepend(element('tr', { 'data-verdict': good ? 'identical' : 'failed', 'data-bytes': size },
		element('td', {}, `${times > 1 ? `${times} × ` : ''}${bytes(size)} ${kind}`),
		element('td', { className: good ? 'good' : 'bad' }, good ? '✓ identical' : `✗ ${verdict}`),
		element('td', { className: 'number' }, trips.length ? duration(median) : '–'),
		element('td', { className: 'number' }, total > 0 ? `${bytes(size * trips.length / total)}/s` : '–')));
	while (body.rows.length > ROWS) {
		body.lastElementChild.remove();
	}
}

function same(sent, received) {
	if (typeof sent === 'string' || typeof received === 'string') {
		return sent === received;
	}
	const back = new Uint8Array(received);
	return back.length === sent.length && back.every((byte, index) => byte === sent[index]);
}

function randomBytes(size) {
	const data = new Uint8Array(size);
	for (let from = 0; from < size; from += 65_536) { // the most that a browser gives at once
		crypto.getRandomValues(data.subarray(from, from + 65_536));
	}
	return data;
}
