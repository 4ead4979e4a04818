import { element } from './dom.js';
import { niceTicks, svg } from './svg.js';

const WINDOW = 60; // seconds
const HEIGHT = 132;
const MARGIN = { top: 8, right: 8, bottom: 18, left: 46 };
const COLOURS = 6;

/** Lines over the last minute, with a legend that holds the numbers. */
export class TimeChart {

	#points = [];
	#names = [];
	#title;
	#format;
	#base;
	#svg = svg('svg', { class: 'plot', role: 'img', height: HEIGHT });
	#legend = element('ul', { className: 'legend' });
	#width = 0;
	#pointer = null;

	/** format: shows a value with its unit. base: of its units, 1000 or 1024. */
	constructor(parent, id, title, format, base = 1000) {
		this.#title = title;
		this.#format = format;
		this.#base = base;
		parent.append(element('figure', { className: 'chart', id: `chart-${id}` },
			element('figcaption', {}, title), this.#svg, this.#legend));
		new ResizeObserver(([entry]) => {
			this.#width = entry.contentRect.width;
			this.#draw();
		}).observe(this.#svg.parentElement);
		this.#svg.addEventListener('pointermove', (event) => {
			this.#pointer = event.offsetX;
			this.#draw();
		});
		this.#svg.addEventListener('pointerleave', () => {
			this.#pointer = null;
			this.#draw();
		});
	}

	/** values: by name; null or undefined where there is none. */
	add(at, values) {
		this.#points.push({ at, values });
		while (this.#points[0].at < at - WINDOW - 2) {
			this.#points.shift();
		}
		for (const name of Object.keys(values)) {
			if (!this.#names.includes(name)) {
				this.#names.push(name);
			}
		}
		this.#draw();
	}

	#draw() {
		if (this.#width <= 0 || this.#points.length === 0) {
			return;
		}
		const now = this.#points.at(-1).at;
		const ticks = niceTicks(Math.max(0, ...this.#points.flatMap(({ values }) => Object.values(values))
			.filter(Number.isFinite)), this.#base);
		const x = (at) => MARGIN.left + (1 - (now - at) / WINDOW) * (this.#width - MARGIN.left - MARGIN.right);
		const y = (value) => HEIGHT - MARGIN.bottom - value / ticks.at(-1) * (HEIGHT - MARGIN.top - MARGIN.bottom);
		const shown = this.#shownPoint(x);
		this.#svg.setAttribute('width', this.#width);
		this.#svg.setAttribute('aria-label', `${this.#title}: ${this.#names.map((name) => `${name} ${this.#text(shown, name)}`).join(', ')}`);
		this.#svg.replaceChildren(
			...ticks.flatMap((tick) => [
				svg('line', { class: 'grid', x1: MARGIN.left, x2: this.#width - MARGIN.right, y1: y(tick), y2: y(tick) }),
				svg('text', { class: 'tick', x: MARGIN.left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, this.#format(tick))]),
			svg('text', { class: 'tick', x: MARGIN.left, y: HEIGHT - 2 }, `−${WINDOW} s`),
			svg('text', { class: 'tick', x: this.#width - MARGIN.right, y: HEIGHT - 2, 'text-anchor': 'end' }, 'now'),
			...this.#names.map((name, index) => svg('path', { class: `line rank-${index} series-${index % COLOURS}`, 'data-series': name,
				d: this.#path(name, x, y) })),
			...(this.#pointer === null ? [] : [svg('line', { class: 'cursor', x1: x(shown.at), x2: x(shown.at), y1: MARGIN.top,
				y2: HEIGHT - MARGIN.bottom })]));
		this.#legend.replaceChildren(...this.#names.map((name, index) => element('li', {},
			element('span', { className: `swatch series-${index % COLOURS}` }), element('span', { className: 'legend-name' }, name),
			element('span', { className: 'legend-value' }, this.#text(shown, name)))));
	}

	/** Where a value is missing, the line is interrupted. */
	#path(name, x, y) {
		let pen = 'M';
		return this.#points.map(({ at, values }) => {
			const value = values[name];
			if (value === null || value === undefined) {
				pen = 'M';
				return '';
			}
			const step = `${pen}${Math.max(MARGIN.left, x(at)).toFixed(1)} ${y(value).toFixed(1)}`;
			const dot = pen === 'M' ? 'h.1' : '';
			pen = 'L';
			return step + dot;
		}).join('');
	}

	#shownPoint(x) {
		return this.#pointer === null ? this.#points.at(-1) : this.#points.reduce((best, point) =>
			(Math.abs(x(point.at) - this.#pointer) < Math.abs(x(best.at) - this.#pointer) ? point : best));
	}

	#text({ values }, name) {
		const value = values[name];
		return value === null || value === undefined ? '–' : this.#format(value);
	}

}
