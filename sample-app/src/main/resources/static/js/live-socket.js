const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const STABLE_AFTER = 5_000;

/**
 * A WebSocket that comes back by itself: after a loss it waits, longer each time and with some chance in it, so that
 * all clients of a restarted server do not come at once.
 */
export class LiveSocket {

	#address;
	#handlers;
	#protocols;
	#socket = null;
	#failures = 0;
	#timer = 0;
	#wanted = false;
	#moving = false;

	/**
	 * address: a function that gives the URL, asked whenever the socket connects.
	 * handlers: message(data), state({name, detail}), open(), closed(code, reason), each optional.
	 */
	constructor(address, handlers, protocols = []) {
		this.#address = address;
		this.#handlers = handlers;
		this.#protocols = protocols;
	}

	get isOpen() {
		return this.#socket?.readyState === WebSocket.OPEN;
	}

	open() {
		this.#wanted = true;
		clearTimeout(this.#timer);
		this.#tell('connecting', 'connecting');
		const socket = new WebSocket(this.#address(), this.#protocols);
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		let stable = 0;
		socket.onopen = () => {
			stable = setTimeout(() => this.#failures = 0, STABLE_AFTER);
			this.#tell('open', 'connected');
			this.#handlers.open?.();
		};
		socket.onmessage = (event) => this.#handlers.message?.(event.data);
		socket.onclose = (event) => {
			clearTimeout(stable);
			if (socket !== this.#socket) {
				return; // replaced meanwhile
			}
			this.#socket = null;
			this.#handlers.closed?.(event.code, event.reason);
			this.#afterClose(event);
		};
	}

	send(data) {
		this.#socket.send(data);
	}

	close() {
		this.#wanted = false;
		clearTimeout(this.#timer);
		if (this.#socket) {
			this.#socket.close(1000);
		}
		else {
			this.#tell('closed', 'not connected');
		}
	}

	/** Goes to where the address is now; does nothing if the socket is not wanted. */
	move() {
		if (this.#wanted) {
			this.#moving = this.#socket !== null;
			if (this.#moving) {
				this.#socket.close(1000); // and comes back when that has ended, so that it is not there twice
			}
			else {
				this.open();
			}
		}
	}

	#afterClose({ code, reason }) {
		if (!this.#wanted) {
			this.#moving = false;
			this.#tell('closed', `closed ${code}${reason ? `: ${reason}` : ''}`);
			return;
		}
		if (this.#moving) {
			this.#moving = false;
			this.open();
			return;
		}
		const most = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures++);
		const delay = most / 2 + Math.random() * most / 2;
		this.#timer = setTimeout(() => this.open(), delay);
		this.#tell('waiting', `closed ${code}, again in ${Math.ceil(delay / 1000)} s`);
	}

	#tell(name, detail) {
		this.#handlers.state?.({ name, detail });
	}

}

/** Shows a state in a badge. */
export function showState(badge) {
	return ({ name, detail }) => {
		badge.dataset.state = name;
		badge.textContent = detail;
	};
}
