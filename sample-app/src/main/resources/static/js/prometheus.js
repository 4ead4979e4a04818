const LABEL = '[a-zA-Z_]\\w*="(?:[^"\\\\]|\\\\.)*"';
const SAMPLE = new RegExp(`^([a-zA-Z_:][\\w:]*)(?:\\{((?:${LABEL},?)*)\\})?\\s+(\\S+)`);
const ESCAPES = { n: '\n', '"': '"', '\\': '\\' };

/** Reads the Prometheus text format: an array of {name, labels, value}. */
export function parsePrometheus(text) {
	const samples = [];
	for (const line of text.split('\n')) {
		const match = line.startsWith('#') ? null : SAMPLE.exec(line);
		if (match) {
			samples.push({ name: match[1], labels: parseLabels(match[2] ?? ''), value: parseValue(match[3]) });
		}
	}
	return samples;
}

function parseLabels(text) {
	const labels = {};
	for (const [, name, value] of text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
		labels[name] = value.replace(/\\(.)/g, (_, escaped) => ESCAPES[escaped] ?? escaped);
	}
	return labels;
}

function parseValue(text) {
	return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}
