import { byId } from './dom.js';
import { timeOfDay } from './format.js';
import { LiveSocket, showState } from './live-socket.js';

/** Shows what the server pushes, and nothing else: no timer runs here. */
export function startClock(ways) {
	const face = byId('clock-time');
	const note = byId('clock-note');
	const socket = new LiveSocket(() => ways.address('/clock'), {
		state: showState(byId('clock-state')),
		message: (data) => {
			const { time, watching } = JSON.parse(data);
			face.textContent = timeOfDay(time);
			face.dataset.time = time;
			note.textContent = `pushed every 2 s · ${watching} watching`;
		},
	});
	ways.onChange(() => socket.move());
	socket.open();
}
