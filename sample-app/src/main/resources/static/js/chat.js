import { byId } from './dom.js';
import { ChatView } from './chat-view.js';
import { LiveSocket, showState } from './live-socket.js';

/** Rooms: one connection for the room one is in. */
export function startChat(ways) {
	const view = new ChatView('chat');
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
			view.showPeople(people, me);
			view.notice(`You are ${you} in ${byId('chat-room').value}.`);
			speak(true);
			text.focus();
		},
		joined: ({ name, people, at }) => {
			view.showPeople(people, me);
			view.notice(`${name} joined`, at);
		},
		left: ({ name, people, at }) => {
			view.showPeople(people, me);
			view.notice(`${name} left`, at);
		},
		said: (said) => view.line(said, said.name === me),
		refused: ({ reason }) => view.notice(reason),
	};

	const leave = () => {
		socket?.close();
		socket = null;
		showRoomForm(false);
		view.showPeople([], '');
		speak(false);
	};

	const join = () => {
		const room = byId('chat-room').value.trim();
		const name = byId('chat-name').value.trim();
		sessionStorage.setItem('name', name);
		const path = `/chat/${encodeURIComponent(room)}?name=${encodeURIComponent(name)}`;
		const joined = new LiveSocket(() => ways.address(path), {
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
					view.showPeople([], '');
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
	ways.onChange(() => socket?.move());

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
