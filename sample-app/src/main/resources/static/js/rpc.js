import { appendToLog, byId, element } from './dom.js';
import { duration } from './format.js';
import { LiveSocket, showState } from './live-socket.js';

/** Sends calls and shows each with its answer, whenever that comes. */
export function startRpc(ways) {
	const log = byId('rpc-log');
	const pending = [];
	let nextId = 1;

	const socket = new LiveSocket(() => ways.address('/rpc'), {
		state: showState(byId('rpc-state')),
		message: (data) => {
			const answer = JSON.parse(data);
			const index = pending.findIndex((call) => call.id === JSON.stringify(answer.id));
			const [call] = index < 0 ? [newCall(log, null)] : pending.splice(index, 1);
			showAnswer(call, answer);
		},
		closed: (code) => pending.splice(0).forEach((call) => showAnswer(call, { error: `connection closed, ${code}` })),
	});

	const send = (request) => {
		const call = newCall(log, request);
		if (socket.isOpen) {
			pending.push(call);
			socket.send(JSON.stringify(request));
		}
		else {
			showAnswer(call, { error: 'not connected' });
		}
	};
	const call = (method, ...args) => send({ method, args, id: nextId++ });

	byId('rpc-auth').addEventListener('submit', (event) => {
		event.preventDefault();
		call('auth', byId('rpc-user').value, byId('rpc-password').value);
	});
	byId('rpc-users').addEventListener('click', () => call('getUsers'));
	byId('rpc-sleep').addEventListener('click', () => call('sleep', byId('rpc-millis').valueAsNumber));
	const free = byId('rpc-json');
	free.addEventListener('input', () => free.setCustomValidity(''));
	byId('rpc-free').addEventListener('submit', (event) => {
		event.preventDefault();
		try {
			send(JSON.parse(free.value));
		}
		catch (error) {
			free.setCustomValidity(`This is not JSON: ${error.message}`);
			free.reportValidity();
		}
	});
	ways.onChange(() => socket.move());
	socket.open();
}

function newCall(log, request) {
	const trip = element('span', { className: 'trip' }, '…');
	const answer = element('pre', { className: 'answer' }, 'waiting');
	appendToLog(log, element('li', { className: 'call' },
		element('pre', { className: 'request' }, request === null ? '(no call)' : pretty(hidePassword(request))), answer, trip), 100);
	return { id: JSON.stringify(request?.id), sentAt: performance.now(), trip, answer, log };
}

function showAnswer({ sentAt, trip, answer, log }, { result, error }) {
	trip.textContent = duration((performance.now() - sentAt) / 1000);
	answer.textContent = pretty(error === undefined ? result : { error });
	answer.classList.toggle('failed', error !== undefined);
	answer.parentElement.dataset.done = error === undefined ? 'result' : 'error';
	log.scrollTop = log.scrollHeight;
}

function hidePassword(request) {
	return request?.method === 'auth' && Array.isArray(request.args)
		? { ...request, args: request.args.map((arg, index) => (index === 1 ? '•••' : arg)) } : request;
}

/** On one line if that is short, else indented. */
function pretty(value) {
	const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
	return line.length <= 72 ? line : JSON.stringify(value, null, 2);
}
