import { appendToLog, byId, element } from './dom.js';
import { timeOfDay } from './format.js';
import { LiveSocket, showState } from './live-socket.js';

const COLOURS = 6;

/** Rooms: one connection for the room one is in. */
export function startChat(base) {
	const lines = byId('chat-lines');
	const text = byId('chat-text');
	const state = showState(byId('chat-state'));
	let socket = null;
	let me = '';

	const speak = (allowed) => {
		text.disabled = byId('chat-send').disabled = !allowed;
	};

	const received = {
		welcome: ({ you, people }) => {
			me = you;
			showPeople(people, me);
			notice(lines, `You are ${you} in ${byId('chat-room').value}.`);
			speak(true);
			text.focus();
		},
		joined: ({ name, people, at }) => {
			showPeople(people, me);
			notice(lines, `${name} joined`, at);
		},
		left: ({ name, people, at }) => {
			showPeople(people, me);
			notice(lines, `${name} left`, at);
		},
		said: (said) => appendToLog(lines, line(said, said.name === me)),
		refused: ({ reason }) => notice(lines, reason),
	};

	const leave = () => {
		socket?.close();
		socket = null;
		showRoomForm(false);
		showPeople([], '');
		speak(false);
	};

	const join = () => {
		const room = byId('chat-room').value.trim();
		const name = byId('chat-name').value.trim();
		sessionStorage.setItem('name', name);
		const joined = new LiveSocket(`${base}/chat/${encodeURIComponent(room)}?name=${encodeURIComponent(name)}`, {
			state: (now) => {
				if (joined === socket || socket === null) {
					state(now);
				}
			},
			message: (data) => {
				const event = JSON.parse(data);
				received[event.type]?.(event);
			},
			closed: () => {
				if (joined === socket) {
					speak(false);
					showPeople([], '');
				}
			},
		});
		socket = joined;
		showRoomForm(true);
		joined.open();
	};

	byId('chat-join').addEventListener('submit', (event) => {
		event.preventDefault();
		if (socket === null) {
			join();
		}
	});
	byId('chat-leave').addEventListener('click', leave);
	byId('chat-say').addEventListener('submit', (event) => {
		event.preventDefault();
		if (socket?.isOpen && text.value.trim()) {
			socket.send(JSON.stringify({ text: text.value }));
			text.value = '';
		}
	});

	state({ name: 'closed', detail: 'not in a room' });
	const address = new URLSearchParams(location.search);
	byId('chat-name').value = address.get('name') ?? sessionStorage.getItem('name') ?? '';
	if (address.has('room')) {
		byId('chat-room').value = address.get('room');
		join();
	}
}

function showRoomForm(inside) {
	byId('chat-enter').hidden = inside;
	byId('chat-leave').hidden = !inside;
	byId('chat-room').readOnly = byId('chat-name').readOnly = inside;
}

function showPeople(names, me) {
	byId('chat-count').textContent = names.length;
	byId('chat-people').replaceChildren(...names.map((name) =>
		element('li', {}, avatar(name), element('span', { className: 'name' }, name), name === me ? ' (you)' : '')));
}

function notice(log, text, at = new Date()) {
	appendToLog(log, element('li', { className: 'notice-line' }, `${text} · `, time(at)));
}

function line({ name, text, at }, mine) {
	return element('li', { className: mine ? 'line mine' : 'line' }, avatar(name),
		element('div', { className: 'bubble' },
			element('div', { className: 'line-head' }, element('strong', {}, name), ' ', time(at)),
			element('p', {}, text)));
}

function time(at) {
	return element('time', { dateTime: new Date(at).toISOString() }, timeOfDay(at));
}

function avatar(name) {
	let hash = 0;
	for (const character of name) {
		hash = (hash * 31 + character.codePointAt(0)) >>> 0;
	}
	return element('span', { className: `avatar tone-${hash % COLOURS}`, 'aria-hidden': 'true' },
		[...name][0].toUpperCase());
}
