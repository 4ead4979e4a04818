import { element } from './dom.js';
import { number } from './format.js';

const MEANINGS = {
	1000: 'normal', 1001: 'going away', 1002: 'protocol error', 1003: 'unsupported data', 1005: 'no code given', 1006: 'lost',
	1007: 'invalid payload', 1008: 'policy', 1009: 'too big', 1011: 'internal error', 1012: 'restart', 1013: 'try again later',
};

/** One bar for each close code, with its total. */
export class BarChart {

	#list = element('ul', { className: 'bars' });

	constructor(parent, id, title) {
		parent.append(element('figure', { className: 'chart', id: `chart-${id}` }, element('figcaption', {}, title), this.#list));
		this.show([]);
	}

	/** totals: pairs of code and number. */
	show(totals) {
		const most = Math.max(1, ...totals.map(([, total]) => total));
		this.#list.replaceChildren(...totals.map(([code, total]) => {
			const bar = element('span', { className: 'bar' });
			bar.style.width = `${total / most * 100}%`;
			return element('li', { 'data-code': code },
				element('span', { className: 'bar-label' }, element('strong', {}, code), ` ${MEANINGS[code] ?? ''}`),
				element('span', { className: 'bar-value' }, number(total)),
				element('span', { className: 'bar-track' }, bar));
		}));
		if (totals.length === 0) {
			this.#list.append(element('li', { className: 'empty' }, 'None yet.'));
		}
	}

}
