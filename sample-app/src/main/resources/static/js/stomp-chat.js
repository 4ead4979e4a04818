import { byId, element } from './dom.js';
import { ChatView } from './chat-view.js';
import { showState } from './live-socket.js';
import { StompClient } from './stomp.js';
import { ofThisPage } from './ways.js';

/** The chat over STOMP: lines for everybody, and whispers to one user. */
export function startStompChat() {
	const view = new ChatView('stomp');
	const text = byId('stomp-text');
	const to = byId('stomp-to');
	const state = showState(byId('stomp-state'));
	let client = null;
	let me = '';

	const speak = (allowed) => {
		text.disabled = to.disabled = byId('stomp-send').disabled = !allowed;
	};

	const showPeople = (names) => {
		view.showPeople(names, me);
		const chosen = to.value;
		to.replaceChildren(element('option', { value: '' }, 'everybody'),
			...names.filter((name) => name !== me).map((name) => element('option', { value: name }, name)));
		to.value = names.includes(chosen) && chosen !== me ? chosen : '';
	};

	const alone = () => {
		speak(false);
		showPeople([]);
	};

	const leave = () => {
		client?.close();
		client = null;
		showForm(false);
		alone();
	};

	const join = () => {
		const name = byId('stomp-name').value.trim();
		sessionStorage.setItem('stomp-name', name);
		const joined = new StompClient(() => ofThisPage(`/stomp?name=${encodeURIComponent(name)}`), {
			state: (now) => {
				if (joined === client || client === null) {
					state(now);
				}
			},
			connected: (user) => {
				me = user;
				view.notice(`You are ${user}.`);
				speak(true);
			},
			closed: () => {
				if (joined === client) {
					alone();
				}
			},
			failed: (message) => view.notice(`The server says: ${message}`),
		});
		joined.subscribe('/topic/people', showPeople);
		joined.subscribe('/app/people', showPeople);
		joined.subscribe('/topic/lines', (line) => view.line(line, line.name === me));
		joined.subscribe('/user/queue/whispers', (line) => view.line(line, line.name === me, line.name === me ? `to ${line.to}` : 'to you'));
		joined.subscribe('/user/queue/refusals', ({ reason }) => view.notice(reason));
		client = joined;
		showForm(true);
		joined.open();
	};

	byId('stomp-join').addEventListener('submit', (event) => {
		event.preventDefault();
		if (client === null) {
			join();
		}
	});
	byId('stomp-leave').addEventListener('click', leave);
	byId('stomp-say').addEventListener('submit', (event) => {
		event.preventDefault();
		if (client?.isConnected && text.value.trim()) {
			client.publish(to.value ? '/app/whisper' : '/app/say', { text: text.value, ...(to.value && { to: to.value }) });
			text.value = '';
		}
	});

	state({ name: 'closed', detail: 'not connected' });
	const address = new URLSearchParams(location.search);
	byId('stomp-name').value = address.get('stomp') ?? sessionStorage.getItem('stomp-name') ?? '';
	if (address.has('stomp')) {
		join();
	}
}

function showForm(inside) {
	byId('stomp-enter').hidden = inside;
	byId('stomp-leave').hidden = !inside;
	byId('stomp-name').readOnly = inside;
}
