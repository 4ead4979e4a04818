import { byId } from './dom.js';

const socketScheme = location.protocol === 'https:' ? 'wss:' : 'ws:';

/** The ways to the endpoints: the WebSocket server's own port, and the port that this page came from. */
export class Ways {

	#bases;
	#chosen;
	#listeners = [];

	/** Asks the server, which alone knows. */
	static async find() {
		for (;;) {
			const response = await fetch('config.json');
			if (response.ok) {
				return new Ways(await response.json());
			}
			await new Promise((resolve) => setTimeout(resolve, 1000)); // it is still starting
		}
	}

	constructor({ webSocketPort, shared }) {
		const own = `${socketScheme}//${location.hostname}:${webSocketPort}`;
		const page = ofThisPage('');
		this.#bases = new Map(shared ? [['own', own], ['page', page]] : [['own', own]]);
		const wanted = sessionStorage.getItem('way');
		this.#chosen = this.#bases.has(wanted) ? wanted : 'own';
		byId('way').hidden = !shared;
		for (const [name, base] of this.#bases) {
			const choice = byId(`way-${name}`);
			choice.checked = name === this.#chosen;
			byId(`way-${name}-port`).textContent = portOf(base);
			choice.addEventListener('change', () => this.#choose(name));
		}
		this.#show();
	}

	/** Where an endpoint is now. */
	address(path) {
		return this.#bases.get(this.#chosen) + path;
	}

	/** Calls back whenever the reader chooses another way. */
	onChange(listener) {
		this.#listeners.push(listener);
	}

	#choose(name) {
		this.#chosen = name;
		sessionStorage.setItem('way', name);
		this.#show();
		this.#listeners.forEach((listener) => listener());
	}

	#show() {
		byId('server-address').textContent = this.#bases.get(this.#chosen);
		byId('server-way').textContent = this.#chosen === 'own' ? 'a port of its own' : 'the port of this page';
	}

}

/** The address of a path on the port that this page came from. */
export function ofThisPage(path) {
	const base = new URL('.', location.href);
	return `${socketScheme}//${base.host}${base.pathname.slice(0, -1)}${path}`;
}

function portOf(base) {
	const { port, protocol } = new URL(base);
	return port || (protocol === 'wss:' ? '443' : '80');
}
