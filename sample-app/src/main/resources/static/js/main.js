import { byId } from './dom.js';
import { startChat } from './chat.js';
import { startClock } from './clock.js';
import { startEcho } from './echo.js';
import { startMeters } from './meters.js';
import { startRpc } from './rpc.js';
import { startTheme } from './theme.js';

/** The WebSocket server has a port of its own, which only the server knows. */
async function socketBase() {
	for (;;) {
		const response = await fetch('config.json');
		if (response.ok) {
			const { webSocketPort } = await response.json();
			const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
			return `${scheme}://${location.hostname}:${webSocketPort}`;
		}
		await new Promise((resolve) => setTimeout(resolve, 1000)); // it is still starting
	}
}

startTheme();
startMeters();
const base = await socketBase();
byId('server-address').textContent = base;
startClock(base);
startChat(base);
startEcho(base);
startRpc(base);
