import { byId } from './dom.js';
import { BarChart } from './bar-chart.js';
import { bytes, duration, number } from './format.js';
import { parsePrometheus } from './prometheus.js';
import { showState } from './live-socket.js';
import { TimeChart } from './time-chart.js';

const INTERVAL = 1000;
const MEAN_OVER = 10; // samples: single calls are too few for a mean per second
const DATA = ['text', 'binary']; // pings and pongs are counted too

/** Reads the meters once a second while somebody looks. */
export function startMeters() {
	const charts = byId('charts');
	const connections = new TimeChart(charts, 'connections', 'Connections', number);
	const messages = new TimeChart(charts, 'messages', 'Messages per second', number);
	const traffic = new TimeChart(charts, 'bytes', 'Payload per second', bytes, 1024);
	const handler = new TimeChart(charts, 'handler', 'Time in handlers', duration);
	const closes = new BarChart(charts, 'closes', 'Closed connections by code');
	const state = showState(byId('meters-state'));
	const history = [];

	const show = (snapshot) => {
		const { at, samples } = snapshot;
		history.push(snapshot);
		history.splice(0, history.length - MEAN_OVER - 1);
		const before = history.at(-2);
		connections.add(at, Object.fromEntries(samples.filter(({ name }) => name === 'ws_server_connections')
			.map(({ labels, value }) => [labels.endpoint, value])));
		const rate = (name, direction) => before && perSecond(before, snapshot, (sample) => sample.name === name
			&& sample.labels.direction === direction && DATA.includes(sample.labels.type));
		messages.add(at, { in: rate('ws_server_messages_total', 'in'), out: rate('ws_server_messages_total', 'out') });
		traffic.add(at, { in: rate('ws_server_bytes_total', 'in'), out: rate('ws_server_bytes_total', 'out') });
		handler.add(at, { mean: meanBetween(history[0], snapshot), max: most(snapshot, 'ws_server_handler_seconds_max') });
		closes.show(totals(samples.filter(({ name }) => name === 'ws_server_closes_total'), 'code'));
	};

	const poll = async () => {
		if (document.hidden) {
			return;
		}
		try {
			const response = await fetch('actuator/prometheus', { headers: { Accept: 'text/plain' } });
			if (!response.ok) {
				throw new Error(`status ${response.status}`);
			}
			const samples = parsePrometheus(await response.text()).filter(({ name }) => name.startsWith('ws_server_'));
			show({ at: performance.now() / 1000, samples });
			state({ name: 'open', detail: 'read every second' });
		}
		catch (error) {
			state({ name: 'waiting', detail: `not readable: ${error.message}` });
		}
	};

	const loop = async () => {
		await poll();
		setTimeout(loop, INTERVAL);
	};
	loop();
}

function sum(samples, accept) {
	return samples.filter(accept).reduce((total, { value }) => total + value, 0);
}

function perSecond(before, after, accept) {
	const grown = sum(after.samples, accept) - sum(before.samples, accept);
	return Math.max(0, grown) / (after.at - before.at); // a restarted server counts from zero
}

/** Null while there were no calls. */
function meanBetween(before, after) {
	const growth = (name) => sum(after.samples, (sample) => sample.name === name) - sum(before.samples, (sample) => sample.name === name);
	const calls = growth('ws_server_handler_seconds_count');
	return calls > 0 ? growth('ws_server_handler_seconds_sum') / calls : null;
}

function most({ samples }, meter) {
	const values = samples.filter(({ name }) => name === meter).map(({ value }) => value);
	return values.length ? Math.max(...values) : null;
}

function totals(samples, label) {
	const byLabel = new Map();
	for (const { labels, value } of samples) {
		byLabel.set(labels[label], (byLabel.get(labels[label]) ?? 0) + value);
	}
	return [...byLabel].sort(([a], [b]) => a.localeCompare(b));
}
